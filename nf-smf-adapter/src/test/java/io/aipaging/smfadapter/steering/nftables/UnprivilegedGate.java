package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.LabAddresses;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import java.util.List;

/** A process that does with a gate what an adapter does, with the privileges it was given. */
final class UnprivilegedGate {
  private UnprivilegedGate() {}

  /** Takes the gate over, carries, restores after somebody deleted the table, and ends. */
  public static void main(String[] none) throws Exception {
    Flow flow =
        new Flow(
            UeAddress.parse(LabAddresses.UE_1),
            ServiceEndpoint.of(LabAddresses.SERVICE, "TCP", LabGate.PORT));
    TransportAddress anchor = TransportAddress.parse(AnchorSite.A.address() + ":" + LabGate.PORT);
    Grant grant = new Grant(new GrantId(7), anchor);
    SteeringStep step = KernelGateLab.step(flow, grant);
    try (NftablesDriver driver = NftablesDriver.open(LabGate.config())) {
      driver.restore(List.of());
      driver.apply(step);
      require(driver.isLive(grant.id()), "live after its step");
      Process delete =
          new ProcessBuilder("nft", "delete", "table", "inet", NftablesConfig.TABLE).start();
      require(delete.waitFor() == 0 && !driver.isUndisturbed(), "disturbed");
      driver.restore(List.of(step));
      require(driver.isUndisturbed() && driver.isLive(grant.id()), "restored");
      driver.apply(new SteeringStep(flow, List.of(), List.of(grant)));
      require(!driver.isLive(grant.id()), "ended");
      System.out.println("carried");
    } catch (SteeringFailed e) {
      System.out.println("failed: " + e.getMessage() + ", " + e.getCause());
      System.exit(1);
    }
  }

  private static void require(boolean condition, String what) throws SteeringFailed {
    if (!condition) {
      throw new SteeringFailed("not " + what);
    }
  }
}

package io.aipaging.smfadapter.steering.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.LabAddresses;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.Transport;
import io.aipaging.smfadapter.steering.Grant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets are led to next hops as they are. */
class NftablesDriverIT extends KernelGateContract {
  NftablesDriverIT() {
    super(LabFamily.V4, false);
  }

  @Test
  void aGateWithAnotherConfigurationStartsEmpty() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    driver().apply(step(flow(1, Transport.TCP), grant));
    NftablesConfig narrower =
        NftablesConfig.of(
                new NftablesConfig.Devices(
                    List.of(LabAddresses.UE_DEVICE), List.of(AnchorSite.A.device())),
                List.of(ServiceEndpoint.of(LabAddresses.SERVICE, "TCP", LabGate.PORT)),
                config().nextHops())
            .withCommandPrefix(lab().upf().commandPrefix());

    reopen(narrower);
    assertThat(driver().live()).isEmpty();

    reopen(config());
    driver().restore(List.of());
    assertThat(driver().isUndisturbed()).isTrue();
  }

  @Test
  void theTableOfAnEarlierReleaseIsReplacedAndNoOtherTouched() throws Exception {
    run("nft", "delete", "table", "inet", NftablesConfig.TABLE);
    run("nft", "add", "table", "ip", NftablesConfig.TABLE);
    run("nft", "add", "table", "ip", "somebody");

    driver().restore(List.of());

    run("nft", "list", "table", "ip", "somebody");
    assertThat(
            lab()
                .upf()
                .command("nft", "list", "table", "ip", NftablesConfig.TABLE)
                .start()
                .waitFor())
        .isNotZero();
  }
}

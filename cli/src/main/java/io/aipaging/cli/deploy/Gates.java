package io.aipaging.cli.deploy;

import io.aipaging.cli.deploy.Layout.AnchorSpot;
import io.aipaging.cli.deploy.Layout.GateDriver;
import io.aipaging.smfadapter.SmfAdapterConfig;
import io.aipaging.smfadapter.steering.nftables.NftablesConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gate of a layout: one of the two drivers. */
record Gates(Layout layout) {
  private List<SmfAdapterConfig.Service> services() {
    return List.of(
        new SmfAdapterConfig.Service(
            layout.service().address(), layout.service().protocol(), layout.service().port()));
  }

  /** The kernel's; null where the gate is a gateway. */
  SmfAdapterConfig.@Nullable Nftables kernel() {
    if (!(layout.gateDriver() instanceof GateDriver.Kernel kernel)) {
      return null;
    }
    List<SmfAdapterConfig.Hop> hops = new ArrayList<>();
    for (AnchorSpot anchor : layout.anchors()) {
      String address = anchor.endpoint().substring(0, anchor.endpoint().lastIndexOf(':'));
      hops.add(new SmfAdapterConfig.Hop(address, hops.size() + 1));
    }
    return new SmfAdapterConfig.Nftables(
        NftablesConfig.TABLE,
        kernel.ueDevices(),
        kernel.n6Devices(),
        services(),
        hops,
        List.of(),
        Map.of(),
        NftablesConfig.ProbeRange.DEFAULT.first(),
        NftablesConfig.ProbeRange.DEFAULT.last());
  }

  /** The userspace one; null where the gate is the kernel's. */
  SmfAdapterConfig.@Nullable Gateway gateway() {
    return layout.gateDriver() instanceof GateDriver.Gateway
        ? new SmfAdapterConfig.Gateway(
            services(), 1_024, 1_024, 64, 16_384, Duration.ofSeconds(2), Duration.ofSeconds(30))
        : null;
  }
}

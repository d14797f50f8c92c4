package io.aipaging.cli.deploy;

import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.smfadapter.CorePathConfig;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The core that a set stands beside; at least one of {@code nrf} and {@code pcf} is there.
 *
 * @param core whose habits it has
 * @param nrf {@code apiRoot} of its NRF; null registers nowhere
 * @param pcf {@code apiRoot} of one PCF for all UEs; null finds each UE's through NRF and BSF
 * @param scp {@code apiRoot} of its SCP; null calls its NFs directly
 * @param pduInfo all SMFs of an Open5GS core by their metrics listeners; empty asks the BSF whose
 *     an address is
 * @param address where the core reaches this host
 * @param path how its own user-plane path follows the gate; null leaves it alone
 */
public record CorePeer(
    Core core,
    @Nullable URI nrf,
    @Nullable URI pcf,
    @Nullable URI scp,
    List<URI> pduInfo,
    String address,
    @Nullable Path path) {
  public CorePeer {
    pduInfo = List.copyOf(pduInfo);
    if (path != null && nrf == null) {
      throw new IllegalArgumentException("a path needs an NRF");
    }
  }

  /**
   * A user-plane path that follows the gate.
   *
   * @param driver how the core is asked
   * @param routeProfile {@code routeProfId} that its SMF knows
   */
  public record Path(CorePathConfig.Driver driver, String routeProfile) {}
}

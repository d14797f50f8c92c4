package io.aipaging.cli.deploy;

import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The core that a set stands beside where no real one runs. */
public final class CoreSimulation {
  private static final String QOS_REFERENCE = "ai-interactive";

  private final Layout layout;

  CoreSimulation(Layout layout) {
    this.layout = layout;
  }

  /** A PCF by itself. */
  public PcfSimulatorConfig pcf() {
    return new PcfSimulatorConfig(
        layout.core(),
        layout.ports().pcf(),
        layout.ports().pcfControl(),
        Flavor.REL18,
        List.of(layout.uePrefix()),
        Set.of(QOS_REFERENCE),
        Duration.ofMillis(50),
        null,
        Set.of());
  }

  /** How {@link #pcf} is reached. */
  public CorePeer pcfPeer() {
    return new CorePeer(
        Core.REL18, null, uri(layout.ports().pcf()), null, List.of(), layout.core(), null);
  }

  /** NRF, BSF and PCF of a core, with access tokens where that core has them. */
  public CoreSimulatorConfig core(Core core) {
    return new CoreSimulatorConfig(
        pcf().as(Flavor.valueOf(core.name())),
        layout.ports().nrf(),
        layout.ports().bsf(),
        core.profile().tokens() != CoreProfile.Tokens.NEVER);
  }

  /** How {@link #core} is reached: nothing is told but its NRF. */
  public CorePeer corePeer(Core core) {
    return new CorePeer(
        core, uri(layout.ports().nrf()), null, null, List.of(), layout.core(), null);
  }

  private URI uri(int port) {
    return URI.create("http://" + layout.core() + ":" + port);
  }
}

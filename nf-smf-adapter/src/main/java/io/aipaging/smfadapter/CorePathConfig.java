package io.aipaging.smfadapter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Default;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The core's own path, which follows the gate.
 *
 * @param core whose habits the core has
 * @param driver how it is asked
 * @param nrf where the core's functions are found, and this adapter registers
 * @param callback where the core tells of paths
 * @param pcfAdapter the PCF adapter whose bindings are routed; {@code af-route} only
 * @param routeProfile {@code routeProfId} that the SMF knows (free5GC: a {@code routeProfile} of
 *     its {@code uerouting.yaml})
 * @param keepOldPath how long the core keeps the path before as well; zero leaves it to the core;
 *     {@code af-route} only
 * @param ackHosts hosts besides the SMFs that the NRF names, to which answers may go
 * @param lateWithin how long the core may take to tell that a path is in use
 * @param journal file that remembers what the core was told
 */
public record CorePathConfig(
    @Default("REL18") Core core,
    @Default("udr-influence") Driver driver,
    NrfConfig nrf,
    Callback callback,
    @Nullable PcfAdapter pcfAdapter,
    String routeProfile,
    @Default("5s") Duration keepOldPath,
    @Default("[]") List<String> ackHosts,
    @Default("5s") Duration lateWithin,
    Path journal) {
  public CorePathConfig {
    ackHosts = List.copyOf(ackHosts);
    Check.range("late-within", lateWithin, Duration.ofMillis(100), Duration.ofMinutes(1));
    Check.range("keep-old-path", keepOldPath, Duration.ZERO, Duration.ofHours(1));
    if (routeProfile.isEmpty()) {
      throw new IllegalArgumentException("route-profile must not be empty");
    }
    if ((driver == Driver.AF_ROUTE) != (pcfAdapter != null)) {
      throw new IllegalArgumentException("pcf-adapter belongs to driver af-route");
    }
  }

  /** How the core is asked for paths. */
  public enum Driver {
    /** Traffic influence data at its UDR (TS 29.519). */
    @JsonProperty("udr-influence")
    UDR_INFLUENCE,
    /** The app sessions of QoS bindings (TS 29.514), where the core routes by them. */
    @JsonProperty("af-route")
    AF_ROUTE,
    /** Not at all: its SMFs only tell of paths that they change (TS 29.508). */
    @JsonProperty("smf-events")
    SMF_EVENTS
  }

  /**
   * Where the core's notifications arrive.
   *
   * @param listener address and port; cores speak without tokens
   * @param publicUri {@code scheme://authority} the core reaches it at; null means the listener's
   *     own address, which then must be a literal one
   */
  public record Callback(ListenerConfig listener, @Nullable URI publicUri) {}

  /**
   * The PCF adapter.
   *
   * @param client how to reach it
   * @param token how to get access tokens for it; null calls without
   */
  public record PcfAdapter(ClientConfig client, @Nullable ClientCredentialsConfig token) {}
}

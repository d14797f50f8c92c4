package io.aipaging.aipf;

import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.relocation.AnchorCondition;
import io.aipaging.aipf.relocation.Damping;
import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.Default;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.logging.LoggingConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.trace.TracingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the AI Paging Function. Environment variables begin with {@code AIPAGING_AIPF}.
 *
 * @param nfInstanceId this NF instance, also its name in calls
 * @param setId the AIPF Set: {@code iss} of COMMITs and AISTs, the same for all its replicas
 * @param listener where naipf-paging and naipf-keyinfo are served; null when wired in-process
 * @param oauth whose access tokens are believed; required with {@code listener}
 * @param management health and metrics; null serves none
 * @param catalog YAML file with services and anchors
 * @param keys the Set's keys
 * @param store where sessions, leases and evidence are kept
 * @param lease the times leases live by
 * @param relocation when and how many sessions move
 * @param limits bounds
 * @param qosBinding the PCF adapter; null when wired in-process
 * @param gates the N6 gates; empty when wired in-process
 * @param anchors how to reach anchors' agents; null when wired in-process
 * @param core whose habits the core has that {@code nrf} belongs to
 * @param nrf where the AIPF and what it serves are registered; null registers nowhere
 * @param tracing where traces are sent; null traces nothing
 * @param logging how the process logs; null leaves it as it is
 */
public record AipfConfig(
    String nfInstanceId,
    @Default("aipf-set-1") String setId,
    @Nullable ListenerConfig listener,
    @Nullable AccessTokensConfig oauth,
    @Nullable ManagementConfig management,
    Path catalog,
    KeysConfig keys,
    StoreConfig store,
    Lease lease,
    Relocation relocation,
    Limits limits,
    @Nullable Peer qosBinding,
    @Default("[]") List<Gate> gates,
    @Nullable Anchors anchors,
    @Default("REL18") Core core,
    @Nullable NrfConfig nrf,
    @Nullable TracingConfig tracing,
    @Nullable LoggingConfig logging) {
  public AipfConfig {
    gates = List.copyOf(gates);
    if (listener != null && oauth == null) {
      throw new IllegalArgumentException("oauth is required with a listener");
    }
    if (nrf != null && listener == null) {
      throw new IllegalArgumentException("nrf knows what a listener serves, and there is none");
    }
    if (gates.stream().map(Gate::enforcerId).distinct().count() != gates.size()) {
      throw new IllegalArgumentException("gates: an enforcer-id occurs twice");
    }
    if (store.kind() == StoreConfig.Kind.POSTGRESQL && keys.signingFiles().isEmpty()) {
      throw new IllegalArgumentException("keys.signing-files are required with postgresql");
    }
  }

  /** Everything around it and the store in the same process, everything else as by default. */
  public static AipfConfig inProcess(String nfInstanceId, Path catalog, Lease lease) {
    return new AipfConfig(
        nfInstanceId,
        "aipf-set-1",
        null,
        null,
        null,
        catalog,
        new KeysConfig(List.of(), null),
        StoreConfig.memory(),
        lease,
        Relocation.defaults(),
        Limits.defaults(),
        null,
        List.of(),
        null,
        Core.REL18,
        null,
        null,
        null);
  }

  /** The same with another store. */
  public AipfConfig with(StoreConfig other) {
    return with(keys, other);
  }

  /** The same with other keys and another store. */
  public AipfConfig with(KeysConfig otherKeys, StoreConfig otherStore) {
    return new AipfConfig(
        nfInstanceId,
        setId,
        listener,
        oauth,
        management,
        catalog,
        otherKeys,
        otherStore,
        lease,
        relocation,
        limits,
        qosBinding,
        gates,
        anchors,
        core,
        nrf,
        tracing,
        logging);
  }

  /** See {@link LeaseTerms}. */
  public record Lease(
      @Default("10m") Duration session,
      @Default("24h") Duration sessionMax,
      @Default("30s") Duration term,
      @Default("5s") Duration holdTtl,
      @Default("5s") Duration drain,
      @Default("250ms") Duration skewBound,
      @Default("250ms") Duration skewMargin,
      @Default("2s") Duration deliveryBudget) {
    public Lease {
      var _ =
          new LeaseTerms(
              session, sessionMax, term, holdTtl, drain, skewBound, skewMargin, deliveryBudget);
    }

    /** The same times as a configuration. */
    public static Lease of(LeaseTerms terms) {
      return new Lease(
          terms.session(),
          terms.sessionMax(),
          terms.leaseTerm(),
          terms.holdTtl(),
          terms.drain(),
          terms.skewBound(),
          terms.skewMargin(),
          terms.deliveryBudget());
    }

    /** As leases take them. */
    public LeaseTerms terms() {
      return new LeaseTerms(
          session, sessionMax, term, holdTtl, drain, skewBound, skewMargin, deliveryBudget);
    }
  }

  /**
   * When and how many sessions move.
   *
   * @param residenceMin how long a session that moved stays before it moves again unforced
   * @param returnMin how long it does not return to the anchor it left, unforced
   * @param undoneMin how long it is not moved, unforced, after a move that was undone
   * @param atOnceMax sessions moved at the same time because of a trigger
   * @param toOneAnchorMax of those, to the same anchor
   * @param moveTime what is not finished within it is undone
   * @param pathChangeWithin how long a session stays ready for a new path, and on its old one,
   *     until the core says that it has changed it
   * @param unhealthyAfter bad reports in a row that make an anchor unhealthy
   * @param wellAfter good reports in a row that make it well again
   * @param lostAfter how long it is unhealthy before sessions that cannot leave it are ended
   */
  public record Relocation(
      @Default("10s") Duration residenceMin,
      @Default("30s") Duration returnMin,
      @Default("10s") Duration undoneMin,
      @Default("32") int atOnceMax,
      @Default("8") int toOneAnchorMax,
      @Default("5s") Duration moveTime,
      @Default("3s") Duration pathChangeWithin,
      @Default("3") int unhealthyAfter,
      @Default("2") int wellAfter,
      @Default("15s") Duration lostAfter) {
    private static final Duration PAUSE_MAX = Duration.ofHours(1);

    public Relocation {
      Check.range("residence-min", residenceMin, Duration.ZERO, PAUSE_MAX);
      Check.range("return-min", returnMin, residenceMin, PAUSE_MAX);
      Check.range("undone-min", undoneMin, Duration.ZERO, PAUSE_MAX);
      Check.range("at-once-max", atOnceMax, 1, 4_096);
      Check.range("to-one-anchor-max", toOneAnchorMax, 1, 4_096);
      Check.range("move-time", moveTime, Duration.ofMillis(100), Duration.ofMinutes(1));
      Check.range(
          "path-change-within", pathChangeWithin, Duration.ofMillis(100), Duration.ofMinutes(1));
      Check.range("unhealthy-after", unhealthyAfter, 1, 100);
      Check.range("well-after", wellAfter, 1, 100);
      Check.range("lost-after", lostAfter, Duration.ZERO, PAUSE_MAX);
    }

    /** The defaults. */
    public static Relocation defaults() {
      return new Relocation(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          32,
          8,
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          3,
          2,
          Duration.ofSeconds(15));
    }

    Damping damping() {
      return new Damping(residenceMin, returnMin, undoneMin);
    }

    AnchorCondition.Rules conditions() {
      return new AnchorCondition.Rules(unhealthyAfter, wellAfter, lostAfter);
    }
  }

  /**
   * Bounds.
   *
   * @param sessionsMax sessions kept, those over less than six minutes ago included
   * @param evidenceRetention how long evidence outlives its session's row
   * @param effectTime longest wait for one removal or one delivery
   * @param anchorInterval between two questions for an anchor's health
   * @param reconcileInterval between two comparisons of what a peer holds with the sessions
   */
  public record Limits(
      @Default("100000") int sessionsMax,
      @Default("168h") Duration evidenceRetention,
      @Default("2s") Duration effectTime,
      @Default("1s") Duration anchorInterval,
      @Default("10s") Duration reconcileInterval) {
    public Limits {
      Check.range("sessions-max", sessionsMax, 1, 10_000_000);
      Check.range("evidence-retention", evidenceRetention, Duration.ZERO, Duration.ofDays(3_650));
      Check.range("effect-time", effectTime, Duration.ofMillis(10), Duration.ofMinutes(1));
      Check.range("anchor-interval", anchorInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
      Check.range(
          "reconcile-interval", reconcileInterval, Duration.ofMillis(100), Duration.ofHours(1));
    }

    /** The defaults. */
    public static Limits defaults() {
      return new Limits(
          100_000,
          Duration.ofDays(7),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10));
    }
  }

  /**
   * Another network function.
   *
   * @param client how to reach it
   * @param token how to get access tokens for it; null calls without
   */
  public record Peer(ClientConfig client, @Nullable ClientCredentialsConfig token) {}

  /**
   * An N6 gate.
   *
   * @param enforcerId its name in a COMMIT's {@code aud}, as in the catalogue
   * @param client how to reach it
   * @param token how to get access tokens for it; null calls without
   */
  public record Gate(
      String enforcerId, ClientConfig client, @Nullable ClientCredentialsConfig token) {}

  /**
   * The anchors' agents; where they are, the catalogue says.
   *
   * @param tls trust and own certificate for those at https; null when none is
   * @param token how to get access tokens for them; null calls without
   */
  public record Anchors(@Nullable ClientTlsConfig tls, @Nullable ClientCredentialsConfig token) {}
}

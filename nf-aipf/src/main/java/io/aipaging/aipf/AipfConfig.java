package io.aipaging.aipf;

import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.Default;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
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
 * @param limits bounds
 * @param qosBinding the PCF adapter; null when wired in-process
 * @param gates the N6 gates; empty when wired in-process
 * @param anchors how to reach anchors' agents; null when wired in-process
 */
public record AipfConfig(
    String nfInstanceId,
    @Default("aipf-set-1") String setId,
    @Nullable ListenerConfig listener,
    @Nullable AccessTokensConfig oauth,
    @Nullable ManagementConfig management,
    Path catalog,
    Keys keys,
    Store store,
    Lease lease,
    Limits limits,
    @Nullable Peer qosBinding,
    @Default("[]") List<Gate> gates,
    @Nullable Anchors anchors) {
  public AipfConfig {
    gates = List.copyOf(gates);
    if (listener != null && oauth == null) {
      throw new IllegalArgumentException("oauth is required with a listener");
    }
    if (gates.stream().map(Gate::enforcerId).distinct().count() != gates.size()) {
      throw new IllegalArgumentException("gates: an enforcer-id occurs twice");
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
        new Keys(List.of(), null),
        Store.memory(),
        lease,
        Limits.defaults(),
        null,
        List.of(),
        null);
  }

  /** The same with another store. */
  public AipfConfig with(Store other) {
    return new AipfConfig(
        nfInstanceId,
        setId,
        listener,
        oauth,
        management,
        catalog,
        keys,
        other,
        lease,
        limits,
        qosBinding,
        gates,
        anchors);
  }

  /**
   * The Set's keys.
   *
   * @param signingFiles PEM, each with a private key and its public key, P-256; the first signs,
   *     all are published. None: a key is made at the first start and kept beside the store; with
   *     the store in memory, a fresh one at every start
   * @param ueHashFile the key of {@code cnf.ueh}, shared with the anchors' agents; null when wired
   *     in-process
   */
  public record Keys(@Default("[]") List<Path> signingFiles, @Nullable Path ueHashFile) {
    public Keys {
      signingFiles = List.copyOf(signingFiles);
    }
  }

  /**
   * The store.
   *
   * @param kind what keeps it; null is RocksDB where there is a path, else memory
   * @param path RocksDB's folder, made at the first start
   * @param cacheMegabytes RocksDB's cache of blocks, indices and filters
   */
  public record Store(
      @Nullable StoreKind kind, @Nullable Path path, @Default("32") int cacheMegabytes) {
    public Store {
      kind = kind != null ? kind : path == null ? StoreKind.MEMORY : StoreKind.ROCKSDB;
      if ((kind == StoreKind.ROCKSDB) != (path != null)) {
        throw new IllegalArgumentException("path belongs to rocksdb, and rocksdb needs it");
      }
      Check.range("cache-megabytes", cacheMegabytes, 4, 65_536);
    }

    /** Nothing survives the process. */
    public static Store memory() {
      return new Store(StoreKind.MEMORY, null, 32);
    }

    /** Files in {@code path}. */
    public static Store rocksDb(Path path) {
      return new Store(StoreKind.ROCKSDB, path, 32);
    }
  }

  /** What keeps sessions. */
  public enum StoreKind {
    /** This process, as long as it lives. */
    MEMORY,
    /** Files of this machine. */
    ROCKSDB
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

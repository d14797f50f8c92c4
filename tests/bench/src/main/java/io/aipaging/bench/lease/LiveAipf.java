package io.aipaging.bench.lease;

import io.aipaging.aipf.Aipf;
import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.aipf.KeysConfig;
import io.aipaging.aipf.StoreConfig;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.catalog.yaml.CatalogYaml;
import io.aipaging.aipf.intent.SentenceEmbedder;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.rocksdb.RocksDbLimits;
import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.aipf.upkeep.Task;
import io.aipaging.aipf.upkeep.wheel.WheelAlarm;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.Ue;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeHashKey;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.core.CoreProfiles.Core;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A whole AIPF in this process, called without HTTP. */
final class LiveAipf implements AutoCloseable {
  /** Pages here have structured intents: no sentence is ever compared. */
  static final SentenceEmbedder NO_SENTENCES = sentence -> new float[] {1};

  /** So long that a lease is renewed only when the benchmark says so. */
  static final LeaseTerms LONG_TERMS =
      new LeaseTerms(
          Duration.ofHours(24),
          Duration.ofDays(3_650),
          Duration.ofHours(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          Duration.ofSeconds(2));

  private static final int SESSIONS_MAX = 4_000_000;
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration CALL_TIME = Duration.ofSeconds(10);
  private static final Duration START_TIME = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofMillis(50);
  private static final int UNAVAILABLE = 503;

  private final Aipf aipf;
  private final BenchClock clock;
  private final Alarm.Bell bell;

  private LiveAipf(Aipf aipf, BenchClock clock, Alarm.Bell bell) {
    this.aipf = aipf;
    this.clock = clock;
    this.bell = bell;
  }

  /**
   * What an AIPF is made of.
   *
   * @param catalog catalogue file
   * @param store folder of its store, made where there is none
   * @param cacheMegabytes of the store
   * @param terms times of leases
   * @param keys signing keys
   */
  record Make(Path catalog, Path store, int cacheMegabytes, LeaseTerms terms, SigningKeys keys) {
    RocksDbLimits limits() {
      return limitsOf(cacheMegabytes);
    }
  }

  static RocksDbLimits limitsOf(int cacheMegabytes) {
    return new RocksDbLimits(SESSIONS_MAX, RETENTION, (long) cacheMegabytes << 20);
  }

  static Catalog catalog(Path file) {
    return CatalogYaml.load(file, Map.of());
  }

  /** One whose peers are in this process. */
  static LiveAipf among(WillingPeers peers, Make make, BenchClock clock) {
    return among(peers, make, clock, WheelAlarm::new);
  }

  /** The same with other alarms. */
  static LiveAipf among(WillingPeers peers, Make make, BenchClock clock, Alarm.Factory alarms) {
    AipfWiring wiring = AipfWiring.peers(peers.qos(), peers.gates(), peers.anchors());
    return start(config(make, null), make.keys(), wiring.with(Map.of()), clock, alarms);
  }

  /** One that reaches its peers at {@code peers} over HTTP/2 in cleartext. */
  static LiveAipf reaching(URI peers, Make make, BenchClock clock) {
    AipfWiring wiring = AipfWiring.remote().with(Map.of("BENCH_PEERS", peers.toString()));
    return start(config(make, peers), make.keys(), wiring, clock, WheelAlarm::new);
  }

  private static LiveAipf start(
      AipfConfig config,
      SigningKeys keys,
      AipfWiring wiring,
      BenchClock clock,
      Alarm.Factory alarms) {
    AtomicReference<Alarm.@Nullable Bell> heard = new AtomicReference<>();
    Alarm.Factory listening =
        bell -> {
          heard.set(bell);
          return alarms.rings(bell);
        };
    Aipf aipf =
        AipfMain.start(
            config,
            wiring
                .with(keys, new UeHashKey(new byte[32]))
                .with(NO_SENTENCES)
                .with(clock, clock::nanos, listening));
    Alarm.Bell bell = heard.get();
    if (bell == null) {
      throw new IllegalStateException("an AIPF has an alarm");
    }
    return new LiveAipf(aipf, clock, bell);
  }

  private static AipfConfig config(Make make, @Nullable URI peers) {
    AipfConfig.@Nullable Peer peer =
        peers == null ? null : new AipfConfig.Peer(ClientConfig.cleartext(peers), null);
    AipfConfig.Limits usual = AipfConfig.Limits.defaults();
    return new AipfConfig(
        Seeds.CONSUMER,
        Seeds.SET,
        null,
        null,
        null,
        make.catalog(),
        new KeysConfig(List.of(), null),
        new StoreConfig(
            StoreConfig.Kind.ROCKSDB,
            make.store(),
            make.cacheMegabytes(),
            null,
            Duration.ofSeconds(2)),
        AipfConfig.Lease.of(make.terms()),
        AipfConfig.Relocation.defaults(),
        new AipfConfig.Limits(
            SESSIONS_MAX,
            RETENTION,
            usual.effectTime(),
            usual.anchorInterval(),
            Duration.ofHours(1)),
        peer,
        peer == null ? List.of() : List.of(new AipfConfig.Gate(Seeds.GATE, peer.client(), null)),
        peer == null ? null : new AipfConfig.Anchors(null, null),
        Core.REL18,
        null,
        null,
        null);
  }

  NaipfPaging paging() {
    return aipf.paging();
  }

  /** Pages and says which session it became. */
  String page(String ueAddress) {
    return paging()
        .createSession(
            call(),
            new CreateSession(
                Seeds.CONSUMER, new Ue(ueAddress, null, null, null), Seeds.INTENT, null, null))
        .sessionId();
  }

  void release(String session) {
    var _ = paging().releaseSession(call(), new ReleaseSession(session));
  }

  /** Returns when it can page: its anchors have said that they are well. */
  void awaitService() {
    long end = System.nanoTime() + START_TIME.toNanos();
    while (true) {
      try {
        release(page("192.0.2.1"));
        return;
      } catch (Refusal e) {
        if (e.status() != UNAVAILABLE || System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  /** As if it were time to renew the session's lease; its row decides. */
  void ring(SessionId session) {
    bell.ring(session, Task.Kind.RENEW_LEASE);
  }

  Call call() {
    return Call.within(Seeds.CONSUMER, clock.instant(), CALL_TIME);
  }

  @Override
  public void close() {
    aipf.close();
  }
}

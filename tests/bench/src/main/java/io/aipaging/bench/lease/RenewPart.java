package io.aipaging.bench.lease;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.lease.rocksdb.RocksDbLeaseStore;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import io.aipaging.bench.Finding;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.TokenRejected;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * CPU of a renewal by the AIPF itself over that of one verification, one signature and one append.
 * The renewal is the whole of it: the alarm, the row, the procedure, and the delivery to gate and
 * anchor in this process, of which the gate verifies.
 */
final class RenewPart implements Part {
  private static final double GOAL = 1.3;
  private static final int SESSIONS = 1_000;
  private static final int CACHE_MEGABYTES = 32;
  private final Setting setting;
  private final Population population;
  private final Seeds seeds;
  private final CommitVerifier verifier;

  /** Sessions that no caller has now. */
  private final Queue<Session> free = new ConcurrentLinkedQueue<>();

  RenewPart(Setting setting, Population population) {
    this.setting = setting;
    this.population = population;
    this.seeds = setting.signed(LiveAipf.LONG_TERMS);
    this.verifier =
        new CommitVerifier(
            KeySet.ofJwks(setting.keys().jwks()), Seeds.SET, Seeds.GATE, Duration.ofMillis(250));
  }

  @Override
  public List<Finding> measure() {
    int count = setting.effort().operations();
    Renewals renewals = population.few().renewals();
    try (RocksDbLeaseStore store = store()) {
      for (int done = 0; done < setting.effort().warmUp(); done += count) {
        var _ = renewals.renew(count);
        var _ = floor(store, count);
      }
      Pairs pairs =
          Pairs.of(
              setting.effort().rounds(), () -> renewals.renew(count), () -> floor(store, count));
      return List.of(
          Finding.of("renewalsPerSecond", "renewals", pairs.ours(Cost::perSecond), "/s"),
          Finding.of("renewCpu", "CPU of a renewal", pairs.ours(Cost::cpuMicros), "µs"),
          Finding.of(
              "renewFloorCpu",
              "CPU of verify + sign + append",
              pairs.theirs(Cost::cpuMicros),
              "µs"),
          new Finding(
              "renewCpuToFloor",
              "CPU of a renewal ÷ (verify + sign + append)",
              pairs.ratio(Cost::cpuMicros),
              "",
              Finding.Goal.atMost(GOAL)));
    }
  }

  private RocksDbLeaseStore store() {
    Path folder = setting.folder().resolve("renew-floor");
    Instant now = Instant.now();
    Instant end = Instant.ofEpochMilli(now.plus(Duration.ofDays(365)).toEpochMilli());
    Filling.fill(
        folder,
        LiveAipf.limitsOf(CACHE_MEGABYTES),
        SESSIONS,
        number -> {
          var life = seeds.page(number, now, end);
          free.add(life.getLast().after());
          return life;
        });
    return RocksDbStores.open(folder, LiveAipf.limitsOf(CACHE_MEGABYTES));
  }

  private Cost floor(RocksDbLeaseStore store, int count) {
    return Cost.of(() -> Crowd.doing(count, Setting.AT_ONCE, number -> renew(store)));
  }

  private void renew(RocksDbLeaseStore store) {
    Session session = free.remove();
    Instant now = Instant.now();
    SignedCommit serve = seeds.renewed(session, now);
    try {
      var _ = verifier.verify(serve.jws(), now);
    } catch (TokenRejected e) {
      throw new IllegalStateException("a fresh COMMIT does not verify", e);
    }
    var renewal = seeds.renewal(session, serve, now);
    if (!(store.append(renewal) instanceof AppendResult.Appended)) {
      throw new IllegalStateException("a session was renewed by somebody else");
    }
    free.add(renewal.after());
  }
}

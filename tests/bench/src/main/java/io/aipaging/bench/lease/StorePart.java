package io.aipaging.bench.lease;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.aipf.lease.memory.InMemoryLeaseStore;
import io.aipaging.aipf.lease.postgres.PostgresStorage;
import io.aipaging.aipf.lease.postgres.PostgresUri;
import io.aipaging.aipf.lease.rocksdb.RocksDbLeaseStore;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import io.aipaging.bench.Finding;
import io.aipaging.bench.floor.DurableWrites;
import io.aipaging.postgres.PostgresServer;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Appends per second of each store, and of what it is built on with nothing around it: the same
 * bytes, durable in groups, no index, no encoding, nothing read but what compare-and-set needs.
 */
final class StorePart implements Part {
  static final int AT_ONCE = 256;
  private static final int STEPS = 4;
  private static final int WARM_UP = 4;
  private static final int CACHE_MEGABYTES = 32;
  private static final Duration RETENTION = Duration.ofDays(7);
  private final Setting setting;
  private final Chains chains;

  StorePart(Setting setting) {
    this.setting = setting;
    this.chains =
        new Chains(
            setting.unsigned(LiveAipf.LONG_TERMS), (WARM_UP + setting.effort().rounds()) * STEPS);
  }

  @Override
  public List<Finding> measure() {
    List<Finding> findings = new ArrayList<>();
    LeaseStore memory = new InMemoryLeaseStore(Chains.SESSIONS, RETENTION);
    chains.begin(memory);
    List<Cost> inMemory = new ArrayList<>();
    for (int round = 0; round < WARM_UP + setting.effort().rounds(); round++) {
      inMemory.add(chains.renew(memory, round * STEPS, STEPS));
    }
    List<Cost> counted = inMemory.subList(WARM_UP, inMemory.size());
    findings.add(
        Finding.of(
            "memoryAppendsPerSecond",
            "appends, in memory",
            new Pairs(counted, counted).ours(Cost::perSecond),
            "/s"));
    findings.addAll(rocksDb());
    Optional<String> obstacle = PostgresServer.unavailable();
    if (obstacle.isPresent()) {
      System.err.println("PostgreSQL is not measured: " + obstacle.get());
    } else {
      findings.addAll(postgreSql());
    }
    return findings;
  }

  private List<Finding> rocksDb() {
    var limits = LiveAipf.limitsOf(CACHE_MEGABYTES);
    try (RocksDbLeaseStore store = RocksDbStores.open(setting.folder().resolve("store"), limits);
        DurableWrites raw = DurableWrites.open(setting.folder().resolve("store-raw"))) {
      List<List<DurableWrites.Entry>> entries = new ArrayList<>();
      for (int number = 0; number < Chains.SESSIONS; number++) {
        entries.add(entries(number));
      }
      return compare(
          "rocksDb",
          "RocksDB",
          store,
          steps ->
              Cost.of(
                  () ->
                      Crowd.doing(
                          (long) Chains.SESSIONS * steps,
                          AT_ONCE,
                          number -> raw.write(entries.get((int) (number % Chains.SESSIONS))))));
    }
  }

  private List<DurableWrites.Entry> entries(int number) {
    var life = chains.life(number);
    var session = life.getLast().after();
    return List.of(
        new DurableWrites.Entry(
            "s" + session.id(), new String(SessionCodec.write(session), StandardCharsets.US_ASCII)),
        new DurableWrites.Entry("e" + session.id(), Filling.evidence(life).getLast()));
  }

  private List<Finding> postgreSql() {
    Vertx vertx = SbiVertx.create();
    try (PostgresServer server = PostgresServer.start();
        PostgresStorage storage =
            PostgresStorage.open(
                vertx,
                PostgresUri.parse(server.uri(server.newDatabase())),
                new PostgresStorage.Identity(Seeds.SET, Seeds.CONSUMER, "bench-runner"),
                new PostgresStorage.Bounds(Duration.ofSeconds(10), 1_000_000, RETENTION));
        RawSql raw = new RawSql(vertx, server.uri(server.newDatabase()), chains)) {
      return compare("postgres", "SQL", storage.sessions(), raw::write);
    } finally {
      SbiVertx.close(vertx, Duration.ofSeconds(5));
    }
  }

  private List<Finding> compare(
      String name, String plain, LeaseStore store, IntFunction<Cost> raw) {
    chains.begin(store);
    int[] step = {0};
    Supplier<Cost> ours =
        () -> {
          Cost cost = chains.renew(store, step[0], STEPS);
          step[0] += STEPS;
          return cost;
        };
    var _ = Pairs.of(WARM_UP, ours, () -> raw.apply(STEPS));
    Pairs pairs = Pairs.of(setting.effort().rounds(), ours, () -> raw.apply(STEPS));
    return List.of(
        Finding.of(
            name + "AppendsPerSecond",
            "appends, " + AT_ONCE + " at a time, store on " + plain,
            pairs.ours(Cost::perSecond),
            "/s"),
        Finding.of(
            name + "RawPerSecond", "writes of raw " + plain, pairs.theirs(Cost::perSecond), "/s"),
        Finding.of(name + "AppendsToRaw", "ratio", pairs.ratio(Cost::perSecond), ""),
        Finding.of(
            name + "AppendCpu",
            "CPU of an append, in this process",
            pairs.ours(Cost::cpuMicros),
            "µs"),
        Finding.of(
            name + "RawCpu",
            "CPU of a raw write, in this process",
            pairs.theirs(Cost::cpuMicros),
            "µs"));
  }
}

package io.aipaging.bench.lease;

import io.aipaging.bench.Heap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Two AIPFs that look after few and after very many leases, each made when it is first needed. Both
 * have the same cache, enough for the large one's indices and filters and not for its rows.
 */
final class Population implements AutoCloseable {
  static final int FEW = 1_000;
  private static final int CACHE_MEGABYTES = 256;
  private final Setting setting;
  private @Nullable Home few;
  private @Nullable Home many;
  private double heapBytesPerLease;

  Population(Setting setting) {
    this.setting = setting;
  }

  /**
   * An AIPF and how its leases are renewed.
   *
   * @param aipf the AIPF
   * @param renewals of its leases
   */
  record Home(LiveAipf aipf, Renewals renewals) {}

  Home few() {
    if (few == null) {
      few = open("few", FEW);
    }
    return few;
  }

  Home many() {
    if (many == null) {
      var _ = few(); // what every AIPF needs is not the leases'
      fill("many", setting.effort().leases());
      long before = Heap.liveBytes();
      many = start("many", setting.effort().leases());
      heapBytesPerLease = (double) (Heap.liveBytes() - before) / setting.effort().leases();
    }
    return many;
  }

  /** What the heap of an AIPF has grown by for each lease it looks after. */
  double heapBytesPerLease() {
    var _ = many();
    return heapBytesPerLease;
  }

  private Home open(String name, long leases) {
    fill(name, leases);
    return start(name, leases);
  }

  private void fill(String name, long leases) {
    Seeds seeds = setting.unsigned(LiveAipf.LONG_TERMS);
    Instant now = Instant.now();
    Instant end = Instant.ofEpochMilli(now.plus(Duration.ofDays(365)).toEpochMilli());
    Filling.fill(
        setting.folder().resolve(name),
        LiveAipf.limitsOf(CACHE_MEGABYTES),
        leases,
        number -> seeds.page(number, now, end));
  }

  private Home start(String name, long leases) {
    BenchClock clock = new BenchClock();
    WillingPeers peers = new WillingPeers(setting.keys(), Seeds.SET, clock);
    LiveAipf aipf =
        LiveAipf.among(peers, setting.aipf(name, CACHE_MEGABYTES, LiveAipf.LONG_TERMS), clock);
    aipf.awaitService();
    return new Home(
        aipf, new Renewals(aipf, peers, clock, new Renewals.Turns(leases, Setting.AT_ONCE)));
  }

  @Override
  public void close() {
    if (few != null) {
      few.aipf().close();
    }
    if (many != null) {
      many.aipf().close();
    }
  }
}

package io.aipaging.bench.lease;

import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.bench.Finding;
import io.aipaging.bench.floor.DurableWrites;
import io.aipaging.bench.floor.Floor;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.contract.HttpNaexfAdmission;
import io.aipaging.sbi.contract.HttpNpcfadapterQosbinding;
import io.aipaging.sbi.contract.HttpNsmfadapterSteering;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Pages per second of the AIPF over those of the floor program, in this process, with the same
 * peers in another one.
 */
final class PagePart implements Part {
  private static final double GOAL = 0.8;
  private static final int AT_ONCE = 64;
  private static final int CACHE_MEGABYTES = 32;
  private final Setting setting;
  private final AtomicLong numbers = new AtomicLong();

  PagePart(Setting setting) {
    this.setting = setting;
  }

  @Override
  public List<Finding> measure() throws Exception {
    Vertx vertx = SbiVertx.create();
    BenchClock clock = new BenchClock();
    try (PeersProcess peers = PeersProcess.start();
        LiveAipf aipf =
            LiveAipf.reaching(
                peers.uri(), setting.aipf("page", CACHE_MEGABYTES, LiveAipf.LONG_TERMS), clock);
        DurableWrites writes = DurableWrites.open(setting.folder().resolve("page-floor"));
        Floor floor = floor(vertx, peers.uri(), writes)) {
      aipf.awaitService();
      LongConsumer page = number -> aipf.page(Seeds.pagedUe(number));
      LongConsumer least = number -> floor.page(Seeds.id(number).value(), Seeds.pagedUe(number));
      return findings(page, least);
    } finally {
      SbiVertx.close(vertx, Duration.ofSeconds(5));
    }
  }

  private List<Finding> findings(LongConsumer page, LongConsumer floor) {
    Effort effort = setting.effort();
    var _ = Crowd.doing(effort.pageWarmUp(), AT_ONCE, n -> floor.accept(numbers.getAndIncrement()));
    var _ = Crowd.doing(effort.pageWarmUp(), AT_ONCE, n -> page.accept(numbers.getAndIncrement()));
    Pairs pairs = Pairs.of(effort.rounds(), () -> cost(page), () -> cost(floor));
    return List.of(
        Finding.of(
            "pagesPerSecond",
            "pages, " + AT_ONCE + " at a time",
            pairs.ours(Cost::perSecond),
            "/s"),
        Finding.of("floorPagesPerSecond", "floor program", pairs.theirs(Cost::perSecond), "/s"),
        Finding.of("pageCpu", "CPU of a page", pairs.ours(Cost::cpuMicros), "µs"),
        Finding.of("floorPageCpu", "CPU of the floor program", pairs.theirs(Cost::cpuMicros), "µs"),
        Finding.of("pageCpuToFloor", "ratio of CPU", pairs.ratio(Cost::cpuMicros), ""),
        new Finding(
            "pageToFloorThroughput",
            "page throughput ÷ floor program",
            pairs.ratio(Cost::perSecond),
            "",
            Finding.Goal.atLeast(GOAL)));
  }

  private Cost cost(LongConsumer page) {
    return Cost.of(() -> Crowd.during(setting.effort().pageTime(), AT_ONCE, page, numbers));
  }

  private Floor floor(Vertx vertx, URI peers, DurableWrites writes) {
    return new Floor(
        new Floor.Peers(
            new HttpNaexfAdmission(client(vertx, URI.create(peers + "/a"))),
            new HttpNsmfadapterSteering(client(vertx, peers)),
            new HttpNpcfadapterQosbinding(client(vertx, peers))),
        contents(),
        setting.keys(),
        writes);
  }

  private static SbiClient client(Vertx vertx, URI peer) {
    return SbiClient.create(
        ClientConfig.cleartext(peer), TokenSource.none(), InstantSource.system(), vertx);
  }

  /** What a page of the AIPF signs and writes. */
  private Floor.Contents contents() {
    Instant now = Instant.now();
    Instant end = Instant.ofEpochMilli(now.plus(Duration.ofHours(24)).toEpochMilli());
    List<Transition> life = setting.signed(LiveAipf.LONG_TERMS).page(0, now, end);
    List<String> evidence = Filling.evidence(life);
    List<Floor.Step> steps = new ArrayList<>();
    for (int i = 0; i < life.size(); i++) {
      steps.add(
          new Floor.Step(
              new String(SessionCodec.write(life.get(i).after()), StandardCharsets.US_ASCII),
              evidence.get(i)));
    }
    var active = life.getLast().after();
    return new Floor.Contents(
        payload(active.state().live().getFirst().commit().jws()),
        payload(Objects.requireNonNull(active.token()).jws()),
        steps);
  }

  private static String payload(String jws) {
    byte[] payload = Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1]);
    return new String(payload, StandardCharsets.UTF_8);
  }
}

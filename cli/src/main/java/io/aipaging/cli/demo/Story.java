package io.aipaging.cli.demo;

import io.aipaging.cli.EvidenceLine;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.exposure.AiSession;
import io.aipaging.openapi.exposure.CreateAiSession;
import io.aipaging.openapi.exposure.RenewAiSession;
import io.aipaging.openapi.paging.EvidenceList;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.Relocation;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.openapi.paging.SessionToken;
import io.aipaging.openapi.paging.TokenBinding;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.sbi.core.CoreProfiles.Core;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The story (a) to (g), told on any {@link World}; every sentence is checked as it is told. */
final class Story {
  private static final Duration CALL_TIME = Duration.ofSeconds(20);
  private static final Duration STREAM_TIME_MAX = Duration.ofSeconds(15);
  private static final Duration METRICS_TIME = Duration.ofSeconds(5);
  private static final int SESSION_SECONDS = 600;

  private final World world;
  private final Narrator narrator;
  private final Intent intent;
  private final Core core;
  private final List<String> anchors = new ArrayList<>();

  Story(World world, Narrator narrator, Intent intent, Core core) {
    this.core = core;
    this.world = world;
    this.narrator = narrator;
    this.intent = intent;
  }

  /** Tells it; throws {@link DemoFailed} at the first sentence that is not true. */
  DemoResult tell() throws Exception {
    refusedWithoutPage();
    long before = System.nanoTime();
    AiSession session = page();
    double pageMs = (System.nanoTime() - before) / 1e6;
    narratePage(session, pageMs);
    narrator.aside("     QoS binding at " + core + "-sim: " + world.core().wayOfTheBinding());
    SessionToken token = token(session);
    int dims = embed(session, token);
    token = token(renew(session));
    DemoResult.Moved moved = relocate(session, token);
    List<String> evidence = evidence(session.sessionId());
    DemoResult.Expired expired = expire(session, token);
    DemoResult.Proved proved = prove(evidence);
    return new DemoResult(
        true,
        world.mode(),
        core + "-sim",
        round(pageMs),
        List.copyOf(anchors),
        dims,
        moved,
        expired,
        proved,
        null);
  }

  private static double round(double millis) {
    return Math.round(millis * 10) / 10.0;
  }

  /** (a) */
  private void refusedWithoutPage() throws Exception {
    ServiceAddress service = world.serviceAddress();
    long before = world.refusals();
    String refusal = world.ue().call(() -> Uninvited.connect(service));
    long after = awaitRefusals(before);
    narrator.step(
        "(a)",
        "without a page %s to %s:%d is refused (%s); refusal counter %d -> %d"
            .formatted(
                world.ueAddress(), service.address(), service.port(), refusal, before, after));
  }

  /** The adapter reads the gate's counters once a second at most. */
  private long awaitRefusals(long before) {
    return Await.first(
        world::refusals, now -> now > before, METRICS_TIME, "the refusal counter did not move");
  }

  /** (b) */
  private AiSession page() {
    return world
        .northbound()
        .createAiSession(
            call().withIdempotencyKey(UUID.randomUUID().toString()),
            new CreateAiSession(
                world.afId(),
                world.ueAddress(),
                intent,
                TokenBinding.ueAddress(),
                SESSION_SECONDS));
  }

  private void narratePage(AiSession session, double pageMs) {
    anchors.add(String.valueOf(session.anchorId()));
    narrator.step(
        "(b)",
        String.format(
            Locale.ROOT,
            "page \"%s\" -> %s at anchor %s until %s, in %.1f ms",
            intent.text(),
            session.aisi(),
            session.anchorId(),
            session.expiresAt(),
            pageMs));
  }

  private static SessionToken token(AiSession session) {
    SessionToken token = session.token();
    if (token == null) {
      throw new DemoFailed("the answer carries no token");
    }
    return token;
  }

  /** (c) */
  private int embed(AiSession session, SessionToken token) throws Exception {
    List<double[]> vectors =
        world
            .ue()
            .call(
                () -> {
                  try (var client = Notes.client(session, token, false)) {
                    return client.embed(Notes.TEXTS);
                  }
                });
    DemoFailed.unless(
        vectors.size() == Notes.TEXTS.size(), "the model did not answer every sentence");
    double near = Similarity.cosine(vectors.get(0), vectors.get(1));
    double far = Similarity.cosine(vectors.get(0), vectors.get(2));
    DemoFailed.unless(near > far, "the model finds unlike sentences more alike");
    int dims = vectors.getFirst().length;
    narrator.step(
        "(c)",
        String.format(
            Locale.ROOT,
            "3 sentences embedded through the steered path (%d dimensions); similarity of the two "
                + "about water %.2f, of water and music %.2f",
            dims,
            near,
            far));
    return dims;
  }

  /** (d) */
  private AiSession renew(AiSession session) {
    AiSession renewed =
        world
            .northbound()
            .renewAiSession(
                call(), new RenewAiSession(world.afId(), session.sessionId(), SESSION_SECONDS));
    DemoFailed.unless(
        renewed.expiresAt().isAfter(session.expiresAt()), "renewal did not move the end");
    narrator.step("(d)", "renewed: " + session.expiresAt() + " -> " + renewed.expiresAt());
    return renewed;
  }

  /** (e) */
  private DemoResult.Moved relocate(AiSession session, SessionToken token) throws Exception {
    try (var keepAlive = Notes.client(session, token, true);
        var fresh = Notes.client(session, token, false);
        var longLived = Notes.stream(world.ue(), keepAlive);
        var shortLived = Notes.stream(world.ue(), fresh)) {
      Notes.awaitRequests(shortLived, 20);
      Relocation move =
          world.operator().relocateSession(call(), new RelocateSession(session.sessionId(), "b"));
      DemoFailed.unless(move.outcome().equals("MOVED"), "not moved: " + move.cause());
      awaitDrained(session.sessionId());
      Notes.awaitRequests(shortLived, shortLived.requests() + 20);
      longLived.stop();
      shortLived.stop();
      anchors.add(String.valueOf(move.toAnchorId()));
      return narrateMove(move, longLived, shortLived);
    }
  }

  private DemoResult.Moved narrateMove(Relocation move, RequestStream a, RequestStream b) {
    int requests = a.requests() + b.requests();
    int failed = a.failed() + b.failed();
    narrator.step(
        "(e)",
        "relocated %s -> %s under %d requests (%d over one kept connection, %d over new ones): %d failed"
            .formatted(
                move.fromAnchorId(),
                move.toAnchorId(),
                requests,
                a.requests(),
                b.requests(),
                failed));
    DemoFailed.unless(
        failed == 0,
        failed + " requests failed, first: " + (a.failed() > 0 ? a : b).firstFailure());
    return new DemoResult.Moved(requests, failed);
  }

  private void awaitDrained(String sessionId) {
    var _ =
        Await.first(
            () -> session(sessionId).leases(),
            leases -> leases.stream().noneMatch(lease -> lease.state().equals("DRAINING")),
            STREAM_TIME_MAX,
            "the old anchor never finished draining");
  }

  private Session session(String sessionId) {
    return world.operator().getSession(call(), new GetSession(sessionId));
  }

  private SessionLease serving(String sessionId) {
    return session(sessionId).leases().stream()
        .filter(lease -> lease.state().equals("SERVING"))
        .findFirst()
        .orElseThrow(() -> new DemoFailed("no lease serves"));
  }

  /** (f): right after a renewal, so that the next one is half a term away. */
  private DemoResult.Expired expire(AiSession session, SessionToken token) throws Exception {
    try (var client = Notes.client(session, token, true);
        var watch = world.watch(anchors.getLast());
        var stream = Notes.stream(world.ue(), client)) {
      Notes.awaitRequests(stream, 10);
      Instant expiresAt = awaitRenewal(session.sessionId());
      String killed = world.killControlPlane();
      Thread.sleep(Duration.between(Instant.now(), expiresAt.plusMillis(600)));
      stream.stop();
      World.Carried carried = watch.stop(expiresAt, stream);
      double lastMs = round(carried.lastRelative().toNanos() / 1e6);
      narrator.step(
          "(f)",
          String.format(
              Locale.ROOT,
              "%s; nobody renews: of %d packets the last passed %.1f ms relative to exp, %d after it",
              killed,
              carried.packets(),
              lastMs,
              carried.afterExpiry()));
      DemoFailed.unless(carried.packets() > 0, "nothing was carried before the end");
      DemoFailed.unless(carried.afterExpiry() == 0, "packets were carried after exp");
      DemoFailed.unless(stream.failed() > 0, "requests were still answered after exp");
      return new DemoResult.Expired(lastMs, carried.afterExpiry());
    }
  }

  /** Renewals are durable first and delivered then: the gate must have this one, too. */
  private Instant awaitRenewal(String sessionId) {
    Instant first = serving(sessionId).expiresAt();
    return Await.first(
            () -> serving(sessionId),
            lease -> lease.expiresAt().isAfter(first) && gateCarries(lease),
            STREAM_TIME_MAX,
            "the lease was never renewed")
        .expiresAt();
  }

  private boolean gateCarries(SessionLease lease) {
    return world.gate().listGrants(call(), new ListGrants()).grants().stream()
        .anyMatch(g -> g.leaseId().equals(lease.leaseId()) && g.gen() == lease.gen());
  }

  /** Fetched while the AIPF lives. */
  private List<String> evidence(String sessionId) {
    EvidenceList list = world.operator().listEvidence(call(), new ListEvidence(sessionId, null));
    return list.records();
  }

  /** (g) */
  private DemoResult.Proved prove(List<String> evidence) {
    narrator.step("(g)", evidence.size() + " evidence records, as the AIPF published them:");
    evidence.forEach(canonical -> narrator.aside("     " + EvidenceLine.of(canonical)));
    boolean verified = EvidenceChain.verify(evidence) instanceof EvidenceChain.Verdict.Verified;
    DemoFailed.unless(verified, "the evidence chain is broken");
    narrator.aside("     chain verified: nothing missing, changed or out of order");
    return new DemoResult.Proved(evidence.size(), verified);
  }

  private Call call() {
    return Call.within(world.afId(), Instant.now(), CALL_TIME);
  }
}

package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.aipf.Aipf;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.protocol.EvidenceChain;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At each step of a page somebody is dead or says no; afterwards the same UE pages again. */
class FailureIT {
  private static final int A = 0;
  private static final int B = 1;

  @TempDir static Path folder;
  private static BreakableSet set;
  private static HttpsUser ue;

  @BeforeAll
  static void start() throws Exception {
    set = new BreakableSet(folder);
    Aipf aipf =
        AipfMain.start(
            set.deployment.aipf(Repository.catalog()),
            AipfWiring.remote().with(set.deployment.catalogVariables()));
    set.keep(aipf);
    ue = set.keep(set.ue());
    releaseAndExpectNothingLeft(awaitPageAt("a"));
  }

  @AfterAll
  static void end() throws Exception {
    if (set != null) {
      set.close();
    }
  }

  /** What a failed test left broken must not fail the next one. */
  @AfterEach
  void heal() throws Exception {
    set.pcf.start();
    set.core.behaves("{}");
    set.pcfAdapter.start();
    set.gate.start();
    for (int anchor : new int[] {A, B}) {
      set.models.get(anchor).start();
      set.agents.get(anchor).start();
    }
    set.releaseAll();
  }

  @Test
  void aPreferredBindingThatTheCoreRefusesIsRecordedAndThePageGoesOn() throws Exception {
    set.core.behaves(
        "{\"refuse\": {\"status\": 403, \"cause\": \"REQUESTED_SERVICE_NOT_AUTHORIZED\"}}");
    Session session = set.page();
    assertThat(session.qos().status()).isEqualTo("REFUSED");
    assertThat(session.qos().cause()).isEqualTo("REQUESTED_SERVICE_NOT_AUTHORIZED");
    assertThat(set.embed(ue, session)).isEqualTo(200);
    releaseAndExpectNothingLeft(session);

    set.core.behaves("{}");
    pageAgainWithQos();
  }

  @Test
  void withADeadPcfThePageGoesOnWithoutQos() throws Exception {
    set.pcf.stop();
    pageWithoutQosAndRelease();
    set.pcf.start();
    pageAgainWithQos();
  }

  @Test
  void withADeadPcfAdapterThePageGoesOnWithoutQos() throws Exception {
    set.pcfAdapter.stop();
    Session session = set.page();
    assertThat(session.state()).isEqualTo("ACTIVE");
    assertThat(session.qos().status()).isEqualTo("REFUSED");
    set.pcfAdapter.start();
    releaseAndExpectNothingLeft(session);
    pageAgainWithQos();
  }

  private void pageWithoutQosAndRelease() throws Exception {
    Session session = set.page();
    assertThat(session.state()).isEqualTo("ACTIVE");
    assertThat(session.qos().status()).isEqualTo("REFUSED");
    assertThat(session.qos().cause()).isNotEmpty();
    assertThat(set.embed(ue, session)).isEqualTo(200);
    releaseAndExpectNothingLeft(session);
  }

  private static void pageAgainWithQos() throws Exception {
    Session again = awaitPage();
    assertThat(again.qos().status()).isIn("ACCEPTED", "CONFIRMED");
    assertThat(set.core.appSessions()).isEqualTo(1);
    assertThat(set.embed(ue, again)).isEqualTo(200);
    releaseAndExpectNothingLeft(again);
  }

  @Test
  void whereTheBestAnchorIsDeadTheNextOneServes() throws Exception {
    set.agents.get(A).stop();
    Session session = set.page();
    assertThat(serving(session).anchorId()).isEqualTo("b");
    assertThat(set.embed(ue, session)).isEqualTo(200);
    releaseAndExpectNothingLeft(session);

    set.agents.get(A).start();
    releaseAndExpectNothingLeft(awaitPageAt("a"));
  }

  @Test
  void whereEveryAnchorIsDeadThePageIsRefusedAndNothingIsReserved() throws Exception {
    set.agents.get(A).stop();
    set.agents.get(B).stop();
    Refusal refusal = refusedPage();
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.problemCause()).isEqualTo("INSUFFICIENT_RESOURCES");
    set.awaitNothingLeft();

    set.agents.get(A).start();
    set.agents.get(B).start();
    releaseAndExpectNothingLeft(awaitPage());
  }

  @Test
  void aDeadGateEndsThePageRejectedAndNothingIsLeft() throws Exception {
    set.gate.stop();
    Refusal refusal = refusedPage();
    assertThat(refusal.status()).isEqualTo(504);
    assertThat(refusal.detail()).contains("STEERING_");

    set.gate.start();
    Session rejected = awaitNewestOver();
    assertThat(rejected.state()).isEqualTo("REJECTED");
    assertThat(rejected.endReason()).isEqualTo("ADMISSION_REJECTED");
    expectEvidence(rejected.sessionId(), "REJECTED");
    set.awaitNothingLeft();
    releaseAndExpectNothingLeft(awaitPage());
  }

  @Test
  void aGateThatStaysDeadKeepsNothingAtPcfAndAnchors() throws Exception {
    set.gate.stop();
    refusedPage();
    assertThat(awaitNewestOver().state())
        .as("the lease has run out, so there is nothing to steer any more")
        .isEqualTo("REJECTED");
    set.awaitNothingLeft();

    set.gate.start();
    set.awaitNothingLeft();
    releaseAndExpectNothingLeft(awaitPage());
  }

  @Test
  void anAnchorWhoseModelIsDeadIsPassedOver() throws Exception {
    set.models.get(A).stop();
    releaseAndExpectNothingLeft(awaitPageAt("b"));
    set.models.get(B).stop();
    Await.until(
        BreakableSet.PATIENCE,
        "503 while no model lives",
        () -> {
          Refusal refusal = catchThrowableOfType(Refusal.class, this::pageAndRelease);
          return refusal != null && refusal.status() == 503;
        });
    set.awaitNothingLeft();

    set.models.get(A).start();
    set.models.get(B).start();
    releaseAndExpectNothingLeft(awaitPage());
  }

  private void pageAndRelease() throws Exception {
    set.release(set.page());
  }

  @Test
  void aSessionWhoseAnchorDiesMovesToAnother() throws Exception {
    Session session = awaitPageAt("a");
    set.agents.get(A).stop();
    Await.until(BreakableSet.PATIENCE, "service at anchor b", () -> set.embed(ue, session) == 200);
    Await.until(
        BreakableSet.PATIENCE,
        "the record that anchor b serves",
        () -> servesAt(set.session(session.sessionId()), "b"));
    set.agents.get(A).start();
    releaseAndExpectNothingLeft(session);
  }

  private static Refusal refusedPage() {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> set.page());
    assertThat(refusal).as("the page is refused").isNotNull();
    return refusal;
  }

  /** Pages until it works: what was dead needs a moment to be known as well again. */
  private static Session awaitPage() throws Exception {
    AtomicReference<Session> paged = new AtomicReference<>();
    AtomicReference<Refusal> last = new AtomicReference<>();
    Await.until(
        BreakableSet.PATIENCE,
        "a page that works",
        () -> {
          try {
            paged.set(set.page());
          } catch (Refusal e) {
            last.set(e);
          }
          return paged.get() != null;
        });
    return paged.get();
  }

  private static Session awaitPageAt(String anchor) throws Exception {
    AtomicReference<Session> paged = new AtomicReference<>();
    Await.until(
        BreakableSet.PATIENCE,
        "a page to anchor " + anchor,
        () -> {
          Session session = awaitPage();
          boolean there = serving(session).anchorId().equals(anchor);
          if (there) {
            paged.set(session);
          } else {
            set.release(session);
          }
          return there;
        });
    assertThat(set.embed(ue, paged.get())).isEqualTo(200);
    return paged.get();
  }

  private static void releaseAndExpectNothingLeft(Session session) throws Exception {
    set.release(session);
    Await.until(
        BreakableSet.PATIENCE,
        "the end of the session",
        () -> set.session(session.sessionId()).state().equals("RELEASED"));
    expectEvidence(session.sessionId(), "RELEASED");
    set.awaitNothingLeft();
    assertThat(set.embed(ue, session)).as("after the end the way is closed").isZero();
  }

  private static Session awaitNewestOver() throws Exception {
    AtomicReference<Session> newest = new AtomicReference<>();
    Await.until(
        BreakableSet.PATIENCE,
        "no session that is not over",
        () -> {
          List<Session> sessions = set.sessions();
          newest.set(
              sessions.stream().max(Comparator.comparing(Session::expiresAtMax)).orElseThrow());
          return sessions.stream()
              .noneMatch(s -> s.state().equals("ENDING") || s.state().equals("PREPARING"));
        });
    return newest.get();
  }

  private static void expectEvidence(String sessionId, String lastState) throws Exception {
    assertThat(EvidenceChain.verify(set.evidence(sessionId)))
        .isInstanceOf(EvidenceChain.Verdict.Verified.class);
    assertThat(set.lastEvidence(sessionId).path("to").asText()).isEqualTo(lastState);
  }

  private static boolean servesAt(Session session, String anchor) {
    return session.leases().stream()
        .anyMatch(lease -> lease.state().equals("SERVING") && lease.anchorId().equals(anchor));
  }

  private static SessionLease serving(Session session) {
    return session.leases().stream()
        .filter(lease -> lease.state().equals("SERVING"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no lease serves: " + session.leases()));
  }
}

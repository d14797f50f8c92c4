package io.aipaging.aipf.sbi;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.keys.KeyRegistry;
import io.aipaging.aipf.lease.QosTerms.Demand;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.paging.EvidenceList;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.Relocation;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionList;
import io.aipaging.protocol.EvidenceChain;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What naipf-paging answers about sessions that are there, or were. */
class PagedSessionsTest extends PagingServiceScenario {
  @ParameterizedTest
  @ValueSource(strings = {"nobody-knows-it", "x", "", "../../etc/passwd"})
  void whatIsNotThereIs404(String id) {
    assertNotFound(() -> service.getSession(call(), new GetSession(id)));
    assertNotFound(() -> service.renewSession(call(), new RenewSession(id, null)));
    assertNotFound(() -> service.relocateSession(call(), new RelocateSession(id, null)));
    assertNotFound(() -> service.releaseSession(call(), new ReleaseSession(id)));
    assertNotFound(() -> service.listEvidence(call(), new ListEvidence(id, null)));
  }

  @Test
  void aReleaseAndItsRepeatAnswerTheSame() {
    String id = page("10.45.0.2").sessionId();
    assertThat(service.releaseSession(call(), new ReleaseSession(id)))
        .isEqualTo(NoContent.INSTANCE);
    assertThat(service.releaseSession(call(), new ReleaseSession(id)))
        .isEqualTo(NoContent.INSTANCE);
    Session over = service.getSession(call(), new GetSession(id));
    assertThat(over.state()).isEqualTo("RELEASED");
    assertThat(over.endReason()).isEqualTo("RELEASED_BY_CLIENT");
    assertThat(over.leases()).singleElement().extracting("state").isEqualTo("ENDED");
  }

  @Test
  void anEndedSessionIsNeitherRenewedNorMoved() {
    String id = page("10.45.0.2").sessionId();
    service.releaseSession(call(), new ReleaseSession(id));
    for (ThrowingCallable late :
        new ThrowingCallable[] {
          () -> service.renewSession(call(), new RenewSession(id, null)),
          () -> service.relocateSession(call(), new RelocateSession(id, null))
        }) {
      Refusal refusal = refusal(late);
      assertThat(refusal.status()).isEqualTo(409);
      assertThat(refusal.problemCause()).isEqualTo("INCOMPATIBLE_STATE");
    }
  }

  @Test
  void aMoveShowsBothLeasesNewestFirst() {
    String id = page("10.45.0.2").sessionId();
    Relocation moved = service.relocateSession(call(), new RelocateSession(id, "anchor-c"));
    assertThat(moved.outcome()).isEqualTo("MOVED");
    assertThat(moved.fromAnchorId()).isEqualTo("anchor-a");
    assertThat(moved.toAnchorId()).isEqualTo("anchor-c");
    assertThat(moved.session().leases())
        .extracting("anchorId")
        .containsExactly("anchor-c", "anchor-a");
    assertThat(moved.session().leases()).extracting("state").containsExactly("SERVING", "DRAINING");
  }

  @Test
  void aMoveThatFailedIsAnHonestAnswer() {
    String id = page("10.45.0.2").sessionId();
    world.faults.refuse("gate.probeREACHABLE", 504, "TIMED_OUT_REQUEST");
    Relocation kept = service.relocateSession(call(), new RelocateSession(id, "anchor-c"));
    assertThat(kept.outcome()).isEqualTo("KEPT_OLD_PATH");
    assertThat(kept.cause()).isEqualTo("TIMED_OUT_REQUEST");
    assertThat(kept.session().state()).isEqualTo("ACTIVE");
  }

  @Test
  void requiredQosTheCoreDoesNotExtendRefusesTheRenewal() {
    world.demanding(Demand.REQUIRED);
    String id = page("10.45.0.2").sessionId();
    world.faults.refuse("qos.confirm", 404, "BINDING_NOT_FOUND");
    Refusal refusal = refusal(() -> service.renewSession(call(), new RenewSession(id, null)));
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.problemCause()).isEqualTo("QOS_REJECTED");
  }

  @Test
  void sessionsAreListedInPagesAndByState() {
    for (int i = 2; i < 7; i++) {
      page("10.45.0." + i);
    }
    SessionList first = service.listSessions(call(), new ListSessions(null, null, null, 3, null));
    assertThat(first.sessions()).hasSize(3);
    SessionList rest =
        service.listSessions(
            call(), new ListSessions("active", null, "af-1", 3, first.nextPageToken()));
    assertThat(rest.sessions()).hasSize(2);
    assertThat(rest.nextPageToken()).isNull();
    assertThat(
            service
                .listSessions(call(), new ListSessions(null, "10.45.0.4", null, null, null))
                .sessions())
        .hasSize(1);
    assertThat(
            service
                .listSessions(call(), new ListSessions("RELEASED", null, null, null, null))
                .sessions())
        .isEmpty();
  }

  @Test
  void queryParametersThatMakeNoSenseAre400() {
    for (ListSessions wrong :
        new ListSessions[] {
          new ListSessions(null, null, null, 0, null),
          new ListSessions(null, null, null, 1001, null),
          new ListSessions(null, "nowhere", null, null, null),
          new ListSessions(null, null, null, null, "!!"),
        }) {
      Refusal refusal = refusal(() -> service.listSessions(call(), wrong));
      assertThat(refusal.status()).isEqualTo(400);
      assertThat(refusal.invalidParams().getFirst().param()).startsWith("query ");
    }
    String id = page("10.45.0.2").sessionId();
    assertThat(refusal(() -> service.listEvidence(call(), new ListEvidence(id, 0L))).status())
        .isEqualTo(400);
  }

  @Test
  void evidenceIsListedByteForByteAndVerifies() {
    String id = page("10.45.0.2").sessionId();
    service.releaseSession(call(), new ReleaseSession(id));
    EvidenceList evidence = service.listEvidence(call(), new ListEvidence(id, null));
    assertThat(evidence.records()).hasSize(5);
    assertThat(evidence.nextSeq()).isNull();
    assertThat(EvidenceChain.verify(evidence.records()))
        .isInstanceOf(EvidenceChain.Verdict.Verified.class);
    assertThat(service.listEvidence(call(), new ListEvidence(id, 4L)).records()).hasSize(2);
    assertThat(service.listEvidence(call(), new ListEvidence(id, 99L)).records()).isEmpty();
  }

  @Test
  void onlyPublicKeysArePublished() {
    var keys = new KeyinfoService(KeyRegistry.own(world.keys)).getKeys(call(), new GetKeys());
    assertThat(keys.keys()).hasSize(1).allSatisfy(key -> assertThat(key).doesNotContainKey("d"));
  }
}

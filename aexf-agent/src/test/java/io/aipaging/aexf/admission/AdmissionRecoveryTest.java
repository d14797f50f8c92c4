package io.aipaging.aexf.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aexf.Commits;
import io.aipaging.openapi.EnforcedLease;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.admission.LeaseList;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.protocol.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reconciler finds at an agent, and what the agent takes back (lease-protocol §3, §5). */
class AdmissionRecoveryTest {
  private static final Duration TERM = AdmissionKit.TERM;
  private final AdmissionKit kit = new AdmissionKit(300);

  @Test
  void aLeaseSaysAllThatItsEndHasToSay() {
    kit.hold("lease-1234", "session-1234");
    kit.serve("lease-1234", "session-1234", 3);
    kit.hold("lease-held", "session-held");

    assertThat(list(null, null).leases())
        .containsExactly(
            new EnforcedLease(
                "lease-1234",
                "session-1234",
                Commits.AISI.toString(),
                3,
                "serve",
                kit.now().plus(TERM),
                Commits.ANCHOR,
                "dnai-1",
                "10.60.1.2:8000",
                "10.45.0.2",
                new ServiceAddress("203.0.113.10", "TCP", 8000)));
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepeat() {
    for (int i = 0; i < 5; i++) {
      admit(i);
    }
    List<String> listed = new ArrayList<>();
    String token = null;
    do {
      LeaseList page = list(2, token);
      assertThat(page.leases()).hasSizeBetween(1, 2);
      page.leases().forEach(lease -> listed.add(lease.leaseId()));
      token = page.nextPageToken();
    } while (token != null);
    assertThat(listed)
        .containsExactly("lease-000", "lease-001", "lease-002", "lease-003", "lease-004");
  }

  @Test
  void aPageIsNoLongerThanItsBound() {
    for (Integer limit : List.of(0, 201)) {
      assertThatThrownBy(() -> list(limit, null))
          .isInstanceOf(Refusal.class)
          .extracting(e -> ((Refusal) e).problemCause())
          .isEqualTo("OPTIONAL_QUERY_PARAM_INCORRECT");
    }
  }

  @Test // renewals are not in the journal, so its leases look expired earlier than they are
  void everyLeaseComesBackAlsoWhenTheJournalIsShortenedMeanwhile() {
    List<Commit> renewed = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      admit(i);
    }
    kit.time.pass(Duration.ofSeconds(20));
    for (int i = 0; i < 3; i++) {
      renewed.add(of(i).serve(lease(i), session(i), 2, kit.now(), TERM));
      kit.apply(renewed.getLast());
    }
    kit.time.pass(Duration.ofSeconds(15));
    padJournal();
    kit.start(300);

    for (Commit commit : renewed) {
      kit.apply(commit);
    }

    assertThat(kit.journal.lines()).as("it was shortened").isLessThan(1_000);
    assertThat(list(null, null).leases())
        .extracting(EnforcedLease::gen)
        .containsExactly(2L, 2L, 2L);
  }

  @Test
  void whatNobodySpokeOfForLongIsForgotten() {
    admit(0);
    padJournal();
    kit.start(300);
    kit.time.pass(FenceKeeper.RETURN_WITHIN.plusSeconds(1));

    admit(1);

    assertThat(kit.journal.lines).noneMatch(line -> line.contains(session(0)));
  }

  /** So many lines that the next COMMIT shortens it. */
  private void padJournal() {
    String last = kit.journal.lines.getLast();
    for (int i = 0; i < 1_100; i++) {
      kit.journal.append(last);
    }
  }

  private void admit(int i) {
    kit.hold(lease(i), session(i));
    kit.apply(of(i).serve(lease(i), session(i), 1, kit.now(), TERM));
  }

  private Commits of(int i) {
    return kit.commits.ue("10.45.1." + i);
  }

  private static String lease(int i) {
    return "lease-00" + i;
  }

  private static String session(int i) {
    return "session-00" + i;
  }

  private LeaseList list(Integer limit, String token) {
    return kit.service.listLeases(kit.call(), new ListLeases(limit, token));
  }
}

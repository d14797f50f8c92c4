package io.aipaging.smfadapter.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.EnforcedLease;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.steering.GrantList;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reconciler needs of a gate (lease-protocol §5, Recover). */
class GrantListingTest extends SteeringServiceScenario {
  @Test
  void aGrantSaysAllThatItsEndHasToSay() {
    apply(serve("lease-aa", 3));

    assertThat(grants())
        .containsExactly(
            new EnforcedLease(
                "lease-aa",
                "session-1",
                "urn:aisi:example:embed-text:standard:1",
                3,
                "serve",
                clock.wall().plus(TERM),
                "a",
                "dnai-a",
                "10.60.1.2:8443",
                "10.45.0.2",
                new ServiceAddress("203.0.113.10", "TCP", 8443)));
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepeat() {
    for (int i = 0; i < 5; i++) {
      apply(serve("lease-" + i + "0", 1).of("session-" + i).flow(of("10.45.1." + i)));
    }
    List<String> listed = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String token = null;
    do {
      GrantList page = service.listGrants(call(), new ListGrants(2, token));
      page.grants().forEach(grant -> listed.add(grant.leaseId()));
      sizes.add(page.grants().size());
      token = page.nextPageToken();
    } while (token != null);

    assertThat(listed).containsExactly("lease-00", "lease-10", "lease-20", "lease-30", "lease-40");
    assertThat(sizes).containsExactly(2, 2, 1);
  }

  @Test
  void aPageIsNoLongerThanItsBound() {
    assertRefused(
        () -> service.listGrants(call(), new ListGrants(201, null)),
        400,
        "OPTIONAL_QUERY_PARAM_INCORRECT");
    assertRefused(
        () -> service.listGrants(call(), new ListGrants(null, "?")),
        400,
        "OPTIONAL_QUERY_PARAM_INCORRECT");
  }

  @Test // what the journal and the machinery both know is still listed in full
  void aGrantOutlivesItsGatesProcess() throws Exception {
    apply(serve("lease-aa", 1));
    List<EnforcedLease> before = grants();
    open();

    assertThat(grants()).isEqualTo(before);
  }

  @Test // R-17, lease-protocol §3
  void theVeryCommitIsReinstalledAfterTheMachineryLostItAndTheProcessStartedAgain()
      throws Exception {
    String commit = commits.sign(serve("lease-aa", 1));
    applyTokens(List.of(commit));
    driver.set(List.of());
    open();
    assertThat(grants()).isEmpty();

    applyTokens(List.of(commit));

    assertThat(grants()).extracting(EnforcedLease::gen).containsExactly(1L);
  }

  @Test // R-15, lease-protocol §3: fences outlive the process
  void whatEndedBeforeARestartStaysRefusedAfterIt() throws Exception {
    String commit = commits.sign(serve("lease-aa", 1));
    applyTokens(List.of(commit));
    apply(serve("lease-aa", 2).ending(EndScope.SESSION));
    open();

    assertRefused(() -> applyTokens(List.of(commit)), 409, "STALE_GENERATION");
  }

  private static Flow of(String ue) {
    return new Flow(UeAddress.parse(ue), ServiceEndpoint.of("203.0.113.10", "TCP", 8443));
  }
}

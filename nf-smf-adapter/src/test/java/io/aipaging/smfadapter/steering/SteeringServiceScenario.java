package io.aipaging.smfadapter.steering;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.EnforcedLease;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.AppliedCommit;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.TestCommits.Draft;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;

/** A steering service with fakes around it. */
abstract class SteeringServiceScenario {
  static final Duration MARGIN = Duration.ofMillis(250);
  static final Duration TERM = Duration.ofSeconds(30);
  static final SteeringConfig CONFIG = new SteeringConfig(TestCommits.GATE, MARGIN, MARGIN);

  final TestCommits commits = new TestCommits();
  final ManualClock clock = new ManualClock();
  final FakeDriver driver = new FakeDriver(clock);
  final MemoryJournal journal = new MemoryJournal();
  final Told told = new Told();
  SteeringService service;

  /** What the service tells an operator. */
  static final class Told implements SteeringObserver {
    int contacts;
    int carried;
    int over;

    @Override
    public void refused(String cause) {}

    @Override
    public void failed(String what, Exception cause) {}

    @Override
    public void contact() {
      contacts++;
    }

    @Override
    public void carries(int leases, int runOut) {
      carried = leases;
      over += runOut;
    }
  }

  @BeforeEach
  void open() throws Exception {
    service =
        SteeringService.open(
            CONFIG,
            new SteeringPorts(
                commits.verifier(MARGIN),
                driver,
                journal,
                (connection, session, timeMax) -> {
                  throw new AnchorProbeFailed("MALFORMED_ANSWER");
                },
                told),
            clock.asGateClock(MARGIN));
  }

  final Draft serve(String lease, long gen) {
    return Draft.serve(lease, gen, clock.wall(), TERM);
  }

  final Draft atB(String lease, long gen) {
    return serve(lease, gen).at("b", "10.60.2.2:8443");
  }

  static Flow udp() {
    return new Flow(UeAddress.parse("10.45.0.2"), ServiceEndpoint.of("203.0.113.10", "UDP", 8443));
  }

  final List<AppliedCommit> apply(Draft... drafts) {
    return applyTokens(Stream.of(drafts).map(commits::sign).toList());
  }

  final List<AppliedCommit> applyTokens(List<String> tokens) {
    return service.applyCommits(call(), new ApplyCommits(tokens)).applied();
  }

  final List<EnforcedLease> grants() {
    return service.listGrants(call(), new ListGrants()).grants();
  }

  final String probe(Draft draft, String phase) {
    return service.probeCommit(call(), new ProbeCommit(commits.sign(draft), phase)).cause();
  }

  final Call call() {
    return Call.within("aipf", clock.wall(), Duration.ofSeconds(5));
  }

  /** As {@link #apply}, from a sender whose clock is so much ahead. */
  final List<AppliedCommit> applyAhead(Duration ahead, Draft... drafts) {
    Call call = new Call("aipf", clock.wall().plusSeconds(5), null, clock.wall().plus(ahead));
    return service
        .applyCommits(call, new ApplyCommits(Stream.of(drafts).map(commits::sign).toList()))
        .applied();
  }

  static void assertRefused(Runnable action, int status, String cause) {
    AbstractThrowableAssert<?, ? extends Throwable> thrown =
        assertThatThrownBy(action::run).isInstanceOf(Refusal.class);
    thrown
        .extracting(e -> ((Refusal) e).status() + " " + ((Refusal) e).problemCause())
        .isEqualTo(status + " " + cause);
  }
}

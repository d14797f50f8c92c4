package io.aipaging.smfadapter.steering.corepath;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.corepath.CorePaths.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The book by itself: what it wants of the core, one step after the other. */
class PathBookTest {
  private static final Flow FLOW = flow("10.45.0.2");
  private static final TransportAddress ANCHOR = TransportAddress.parse("10.60.1.2:8443");

  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<String> told = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private Function<PathOrder, Outcome> onPut = order -> Outcome.DONE;
  private Outcome onDelete = Outcome.DONE;
  private PathIds ids;
  private PathBook book;

  @BeforeEach
  void open() {
    ids = PathIds.open(folder.resolve("paths.journal"), "gate-1");
    PathObserver observer =
        new PathObserver() {
          @Override
          public void steered() {
            told.add("steered");
          }

          @Override
          public void leftToGate(String cause) {
            told.add("left " + cause);
          }

          @Override
          public void changes(PathChange change) {
            String what = change.wanted() ? "asks " : "moved ";
            told.add(what + change.flow().ue() + " " + change.dnai());
          }
        };
    CorePaths unused = null;
    book =
        new PathBook(
            new PathFollower.Ports(unused, ids, observer, nanos::get),
            new PathConfig(
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1)),
            () -> "n" + numbers.incrementAndGet());
  }

  @AfterEach
  void close() {
    ids.close();
  }

  private static Flow flow(String ue) {
    return new Flow(UeAddress.parse(ue), ServiceEndpoint.of("203.0.113.10", "TCP", 8000));
  }

  private static SteeringStep serving(Flow flow, String dnai, Duration time) {
    Grant grant = new Grant(new GrantId(1), ANCHOR, QosGrant.NONE, dnai, null);
    return new SteeringStep(flow, List.of(new SteeringStep.Carried(grant, time, true)), List.of());
  }

  private static SteeringStep serving(String dnai) {
    return serving(FLOW, dnai, Duration.ofSeconds(30));
  }

  private static SteeringStep ending() {
    Grant grant = new Grant(new GrantId(1), ANCHOR, QosGrant.NONE, "edge-a", null);
    return new SteeringStep(FLOW, List.of(), List.of(grant));
  }

  /** Does what is due, as the follower's thread does. */
  private void work() {
    for (String id = book.poll(); id != null; id = book.poll()) {
      switch (book.step(id)) {
        case PathBook.Step.Ask(PathOrder order) -> {
          ids.use(order.id());
          asked.add("put " + order.dnai() + " " + order.notifId());
          book.asked(order, onPut.apply(order));
        }
        case PathBook.Step.GiveUp(String gone) -> {
          asked.add("delete");
          book.gaveUp(gone, onDelete);
        }
        case PathBook.Step.Nothing() -> {}
      }
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    book.tick();
    work();
  }

  @Test
  void thePathFollowsTheGateAndGoesWithIt() {
    book.want(serving("edge-a"));
    work();
    book.heard("n1", new PathNotice("edge-a", false, null));
    book.heard("n1", new PathNotice("edge-a", true, null));
    book.want(serving("edge-a")); // a renewal
    work();
    book.want(serving("edge-b"));
    work();
    book.heard("n1", new PathNotice("edge-b", true, null));
    book.want(ending());
    work();
    assertThat(asked).containsExactly("put edge-a n1", "put edge-b n1", "delete");
    assertThat(told).containsExactly("steered", "steered");
    assertThat(ids.inUse()).isEmpty();
  }

  @Test
  void aLeaseThatRunsOutTakesItsPathAlong() {
    book.want(serving("edge-a"));
    work();
    book.heard("n1", new PathNotice("edge-a", true, null));
    pass(Duration.ofSeconds(29));
    assertThat(asked).hasSize(1);
    pass(Duration.ofSeconds(1));
    assertThat(asked).containsExactly("put edge-a n1", "delete");
  }

  /** F-42, F-44: accepted, and nothing happens. */
  @Test
  void aCoreThatSaysNothingIsLeftAloneUntilTheFlowMoves() {
    book.want(serving("edge-a"));
    work();
    pass(Duration.ofSeconds(5));
    assertThat(told).containsExactly("left NO_NOTIFICATION");
    assertThat(asked).containsExactly("put edge-a n1", "delete");
    pass(Duration.ofSeconds(5));
    assertThat(asked).hasSize(2);
    book.want(serving("edge-b"));
    work();
    assertThat(asked).endsWith("put edge-b n1");
  }

  @Test
  void aWatchIsSetAgainInTimeAndNeverTakenForAPathThatDoesNotCome() {
    onPut = order -> Outcome.WATCHED;
    book.want(serving(FLOW, "edge-a", Duration.ofMinutes(10)));
    work();
    pass(Duration.ofSeconds(59));
    assertThat(asked).containsExactly("put edge-a n1");
    pass(Duration.ofSeconds(1));
    assertThat(asked).containsExactly("put edge-a n1", "put edge-a n1");
    assertThat(told).isEmpty();
    book.want(ending());
    work();
    assertThat(asked).endsWith("delete");
  }

  /** Found by review: what is on its way out when it is wanted again has to be asked for again. */
  @Test
  void aPathThatIsWantedAgainWhileItIsGivenUpIsAskedForAgain() {
    book.want(serving("edge-a"));
    work();
    book.heard("n1", new PathNotice("edge-a", true, null));
    book.want(ending());
    String id = book.poll();
    assertThat(book.step(id)).isInstanceOf(PathBook.Step.GiveUp.class);
    book.want(serving("edge-a"));
    book.gaveUp(id, Outcome.DONE);
    work();
    assertThat(asked).containsExactly("put edge-a n1", "put edge-a n1");
  }

  @Test
  void aPathOnWhichSomethingBrokeIsLookedAtAgain() {
    book.want(serving("edge-a"));
    String id = book.poll();
    assertThat(book.step(id)).isInstanceOf(PathBook.Step.Ask.class);
    book.failed(id);
    work();
    assertThat(asked).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(asked).containsExactly("put edge-a n1");
  }

  /** F-47: the notification overtakes the answer. */
  @Test
  void aNotificationMayComeBeforeTheAnswer() {
    onPut =
        order -> {
          book.heard(order.notifId(), new PathNotice(order.dnai(), true, null));
          return Outcome.DONE;
        };
    book.want(serving("edge-a"));
    work();
    pass(Duration.ofSeconds(10));
    assertThat(told).containsExactly("steered");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatIsUncertainIsAskedAgainAfterAPause() {
    onPut = order -> Outcome.UNCERTAIN;
    book.want(serving("edge-a"));
    work();
    pass(Duration.ofSeconds(1));
    assertThat(asked).hasSize(1);
    onPut = order -> Outcome.DONE;
    pass(Duration.ofSeconds(1));
    book.heard("n1", new PathNotice("edge-a", true, null));
    assertThat(asked).containsExactly("put edge-a n1", "put edge-a n1");
    onDelete = Outcome.UNCERTAIN;
    book.want(ending());
    work();
    onDelete = Outcome.DONE;
    pass(Duration.ofSeconds(2));
    assertThat(asked).endsWith("delete", "delete");
    assertThat(ids.inUse()).isEmpty();
  }

  @Test
  void whatTheCoreRefusesIsLeftToTheGate() {
    onPut = order -> Outcome.REFUSED;
    book.want(serving("edge-a"));
    work();
    pass(Duration.ofSeconds(10));
    assertThat(told).containsExactly("left REFUSED");
    assertThat(asked).containsExactly("put edge-a n1", "delete");
  }

  @Test
  void aCoreThatMovesTheUeByItselfIsHeard() {
    book.want(serving("edge-a"));
    work();
    book.heard("n1", new PathNotice("edge-a", true, null));
    book.heard("n1", new PathNotice("edge-c", false, null));
    book.heard("n1", new PathNotice("", true, null));
    book.heard("stranger", new PathNotice("edge-c", true, null));
    assertThat(told).containsExactly("steered", "moved 10.45.0.2 edge-c");
    URI ackUri = URI.create("http://smf/ack");
    book.heard("n1", new PathNotice("edge-a", false, ackUri));
    book.heard("n1", new PathNotice("", false, ackUri));
    book.heard("stranger", new PathNotice("edge-c", false, ackUri));
    assertThat(told).endsWith("asks 10.45.0.2 edge-a", "asks 10.45.0.2 ");
  }

  @Test
  void aRestartGivesUpWhatTheGateNoLongerCarries() {
    book.want(serving("edge-a"));
    book.want(serving(flow("10.45.0.3"), "edge-a", Duration.ofSeconds(30)));
    work();
    assertThat(ids.inUse()).hasSize(2);
    ids.close();
    asked.clear();
    open();
    book.wantOnly(List.of(serving("edge-a")));
    work();
    assertThat(asked).containsExactlyInAnyOrder("put edge-a n3", "delete");
    assertThat(ids.inUse()).hasSize(1);
    book.wantOnly(List.of());
    work();
    assertThat(ids.inUse()).isEmpty();
  }

  @Test
  void whatIsCarriedNoLongerIsGivenUpWhenTheGateSaysAll() {
    book.want(serving("edge-a"));
    work();
    book.wantOnly(List.of(serving(flow("10.45.0.3"), "edge-b", Duration.ofSeconds(30))));
    work();
    assertThat(asked).containsExactlyInAnyOrder("put edge-a n1", "delete", "put edge-b n2");
  }
}

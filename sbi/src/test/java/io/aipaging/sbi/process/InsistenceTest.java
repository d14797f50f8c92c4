package io.aipaging.sbi.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.PathChangeAnswer;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.events.ReportUeMoved;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InsistenceTest {
  private static final Insistence SHORT =
      new Insistence(Duration.ofNanos(10), Duration.ofNanos(100), 5);
  private static final AnnounceEnforcer ANNOUNCED =
      new AnnounceEnforcer("n6-gate", "GATE", "boot-1234");

  @Test
  void itIsTriedUntilItWorks() {
    AtomicInteger tries = new AtomicInteger();
    assertThat(SHORT.until(() -> tries.incrementAndGet() == 3)).isTrue();
    assertThat(tries).hasValue(3);
  }

  @Test
  void itIsGivenUpAfterSoManyTries() {
    AtomicInteger tries = new AtomicInteger();
    assertThat(
            SHORT.until(
                () -> {
                  tries.incrementAndGet();
                  return false;
                }))
        .isFalse();
    assertThat(tries).hasValue(5);
  }

  @Test
  void whoIsInterruptedStopsTrying() {
    AtomicInteger tries = new AtomicInteger();
    boolean worked =
        new Insistence(Duration.ofHours(1), Duration.ofHours(1), 5)
            .until(
                () -> {
                  tries.incrementAndGet();
                  Thread.currentThread().interrupt();
                  return false;
                });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(worked).isFalse();
    assertThat(tries).hasValue(1);
  }

  @Test // functions start in any order
  void aStartIsAnnouncedUntilTheAipfIsThere() {
    Scripted aipf =
        new Scripted(
            Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "not there yet"),
            Refusal.of(503, "NF_CONGESTION", "starting"),
            null);
    new Announcement(aipf, ANNOUNCED, InstantSource.system(), SHORT).run();
    assertThat(aipf.heard).containsExactly(ANNOUNCED, ANNOUNCED, ANNOUNCED);
  }

  @Test
  void anAipfThatDoesNotKnowTheEnforcerIsNotAskedAgain() {
    Scripted aipf = new Scripted(Refusal.of(404, "ENFORCER_NOT_FOUND", "who?"), null);
    new Announcement(aipf, ANNOUNCED, InstantSource.system(), SHORT).run();
    assertThat(aipf.heard).containsExactly(ANNOUNCED);
  }

  /** Answers as it is told, in order; null is no refusal. */
  private static final class Scripted implements NaipfEvents {
    private final Deque<Refusal[]> answers = new ArrayDeque<>();
    final List<AnnounceEnforcer> heard = new java.util.ArrayList<>();

    Scripted(Refusal... answers) {
      for (Refusal answer : answers) {
        this.answers.add(new Refusal[] {answer});
      }
    }

    @Override
    public NoContent announceEnforcer(Call call, AnnounceEnforcer request) {
      heard.add(request);
      Refusal refusal = answers.remove()[0];
      if (refusal != null) {
        throw refusal;
      }
      return NoContent.INSTANCE;
    }

    @Override
    public NoContent reportUeMoved(Call call, ReportUeMoved request) {
      throw new AssertionError("not asked");
    }

    @Override
    public PathChangeAnswer followPathChange(Call call, FollowPathChange request) {
      throw new AssertionError("not asked");
    }

    @Override
    public NoContent reportQosBinding(Call call, ReportQosBinding request) {
      throw new AssertionError("not asked");
    }
  }
}

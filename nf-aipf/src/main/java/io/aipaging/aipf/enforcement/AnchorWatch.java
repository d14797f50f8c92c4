package io.aipaging.aipf.enforcement;

import io.aipaging.aipf.selection.AnchorHealth;
import io.aipaging.aipf.selection.AnchorHealthSource;
import io.aipaging.aipf.strand.Strand;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.admission.AnchorStatus;
import io.aipaging.openapi.admission.GetStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks every anchor for its health, over and over. A report is believed for three intervals; an
 * anchor that does not answer is reported unhealthy. Thread-safe.
 */
public final class AnchorWatch implements AnchorHealthSource {
  private static final int BELIEVED_INTERVALS = 3;
  private final Question question;
  private final AnchorDirectory anchors;
  private final InstantSource clock;
  private final Strands strands;
  private final Map<String, Report> reports = new ConcurrentHashMap<>();

  /** Asks {@code question} of the agents in {@code anchors}. */
  public AnchorWatch(
      Question question, AnchorDirectory anchors, InstantSource clock, Strands strands) {
    this.question = question;
    this.anchors = anchors;
    this.clock = clock;
    this.strands = strands;
  }

  /**
   * Who is asked, and how often.
   *
   * @param consumer own name in calls
   * @param anchorIds whom
   * @param interval between two questions, also the longest wait for an answer
   */
  public record Question(String consumer, List<String> anchorIds, Duration interval) {
    public Question {
      anchorIds = List.copyOf(anchorIds);
    }
  }

  private record Report(AnchorHealth health, Instant at) {}

  @Override
  public Optional<AnchorHealth> healthOf(String anchorId) {
    Report report = reports.get(anchorId);
    Instant oldest = clock.instant().minus(question.interval().multipliedBy(BELIEVED_INTERVALS));
    return report == null || report.at().isBefore(oldest)
        ? Optional.empty()
        : Optional.of(report.health());
  }

  /** Asks every anchor once, all at the same time. */
  public void ask() {
    Map<String, Strand<AnchorHealth>> asked = new HashMap<>();
    question.anchorIds().forEach(id -> asked.put(id, strands.start(() -> status(id))));
    asked.forEach((id, strand) -> reports.put(id, new Report(answer(id, strand), clock.instant())));
  }

  /** Asks until the thread is interrupted. */
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      ask();
      strands.pause(question.interval());
    }
  }

  private AnchorHealth answer(String id, Strand<AnchorHealth> strand) {
    try {
      return strand.join(question.interval());
    } catch (RuntimeException e) {
      return new AnchorHealth(id, false, false, 0, 0); // whatever is wrong, it cannot be used
    }
  }

  private AnchorHealth status(String id) {
    Call call = Call.within(question.consumer(), clock.instant(), question.interval());
    AnchorStatus status =
        anchors
            .admissionOf(id)
            .orElseThrow(() -> Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "Unknown anchor."))
            .getStatus(call, new GetStatus());
    return new AnchorHealth(
        id,
        status.healthy() && status.anchorId().equals(id),
        status.draining(),
        Math.max(0, status.slotsTotal()),
        Math.max(0, status.slotsHeld()));
  }
}

package io.aipaging.simulation.network;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Signal;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One request and its answer, if both get through. */
final class Exchange {
  private static final long PATIENCE_MAX = Duration.ofSeconds(10).toNanos();
  private static final double REFUSED_AT_ONCE = 0.8;
  private final Network network;
  private final Life from;
  private final Node to;
  private final Question question;
  private final Signal answered;
  private @Nullable Answer answer;

  Exchange(Network network, Life from, Node to, Question question) {
    this.network = network;
    this.from = from;
    this.to = to;
    this.question = question;
    this.answered = new Signal(network.timeline);
  }

  /**
   * What came back.
   *
   * @param value the answer, or null
   * @param refusal the refusal, or null; without either the connection broke and nobody knows
   */
  record Answer(@Nullable Object value, @Nullable Refusal refusal) {
    static final Answer BROKEN = new Answer(null, null);
  }

  /** Sends and waits. */
  Answer run(Call call) {
    Instant now = from.node().clock().instant();
    Duration left = call.remaining(now);
    if (left.isZero()) {
      return refused(504, "TIMED_OUT_REQUEST", "The deadline has passed.");
    }
    long patience = Math.min(left.toNanos(), PATIENCE_MAX);
    Instant sentAt = now.truncatedTo(ChronoUnit.MILLIS);
    send(call, sentAt, patience);
    if (question.operation().safeToRepeat() && network.repeats()) {
      send(call, sentAt, patience);
    }
    answered.await(patience);
    return answer == null
        ? refused(504, "TIMED_OUT_REQUEST", "The peer did not answer in time.")
        : answer;
  }

  private Answer refused(int status, String cause, String detail) {
    return new Answer(null, Refusal.of(status, cause, detail));
  }

  private void send(Call call, Instant sentAt, long patience) {
    long passage = network.passage(from.node(), to);
    network.trace.say(
        from.node().name(), () -> "-> " + to.name() + " " + question.told() + lost(passage));
    if (passage >= 0) {
      network.timeline.after(passage, null, () -> arrive(call, sentAt, patience));
    }
  }

  private static String lost(long passage) {
    return passage < 0 ? " (lost)" : "";
  }

  private void arrive(Call call, Instant sentAt, long patience) {
    Life life = to.life();
    Object service = life == null ? null : life.service(question.contract());
    if (life == null || service == null) {
      if (network.chance.hit(REFUSED_AT_ONCE)) {
        back(Answer.BROKEN);
      }
      return;
    }
    Runnable broken = () -> back(Answer.BROKEN);
    life.atEnd(broken);
    network.timeline.start(
        life,
        () -> {
          Answer result = serve(life, service, call, new Sent(sentAt, patience));
          life.notAtEnd(broken);
          back(result);
        });
  }

  private record Sent(Instant at, long patience) {}

  private Answer serve(Life life, Object service, Call call, Sent sent) {
    Instant now = life.node().clock().instant();
    Instant fromNow = now.plusNanos(sent.patience());
    Instant fromSender = sent.at().plusNanos(sent.patience());
    Instant deadline = fromSender.isBefore(fromNow) ? fromSender : fromNow;
    if (!now.isBefore(deadline)) {
      return refused(504, "TIMED_OUT_REQUEST", "The request came too late.");
    }
    Call received = new Call(call.consumer(), deadline, call.idempotencyKey(), sent.at());
    try {
      return new Answer(question.answeredBy(service, received), null);
    } catch (Refusal refusal) {
      return new Answer(null, refusal);
    } catch (UncheckedIOException disk) {
      return refused(500, "SYSTEM_FAILURE", "A disk failed.");
    }
  }

  private void back(Answer result) {
    long passage = network.passage(to, from.node());
    network.trace.say(
        to.name(),
        () ->
            "<- "
                + from.node().name()
                + " "
                + question.operation().operationId()
                + ": "
                + told(result)
                + lost(passage));
    if (passage >= 0) {
      network.timeline.after(
          passage,
          from,
          () -> {
            if (answer == null) {
              answer = result;
              answered.fire();
            }
          });
    }
  }

  private static String told(Answer answer) {
    Refusal refusal = answer.refusal();
    return refusal == null
        ? answer.value() == null
            ? "broken"
            : answer.value() instanceof ProbeResult probe ? "usable " + probe.usable() : "ok"
        : refusal.status() + " " + refusal.problemCause();
  }
}

package io.aipaging.simulation.network;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.engine.Trace;
import java.util.HashSet;
import java.util.Set;

/**
 * Carries calls between nodes as {@code sbi} does over HTTP/2: a deadline by the caller's clock, a
 * second attempt at what may be repeated, 504 for what does not come back.
 */
public final class Network {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final int ATTEMPTS_MAX = 2;
  final Timeline timeline;
  final Chance chance;
  final Trace trace;
  private final Set<Pair> cut = new HashSet<>();
  private final Wiretap wiretap;
  private Weather weather = Weather.FINE;

  /** A network in fine weather. */
  public Network(Timeline timeline, Chance chance, Trace trace, Wiretap wiretap) {
    this.timeline = timeline;
    this.chance = chance;
    this.trace = trace;
    this.wiretap = wiretap;
  }

  /** Hears everything. */
  @FunctionalInterface
  public interface Wiretap {
    /** {@code from} sends {@code question} to {@code to}. */
    void sent(Node from, Node to, Question question);
  }

  private record Pair(String a, String b) {}

  /** Changes the weather. */
  public void weather(Weather next) {
    weather = next;
  }

  /** From now on nothing passes from {@code a} to {@code b}. */
  public void cut(Node a, Node b) {
    cut.add(new Pair(a.name(), b.name()));
  }

  /** Everything passes again. */
  public void join(Node a, Node b) {
    cut.remove(new Pair(a.name(), b.name()));
  }

  /** Whether messages pass from {@code a} to {@code b}. */
  public boolean passes(Node a, Node b) {
    return cut.isEmpty() || !cut.contains(new Pair(a.name(), b.name()));
  }

  /**
   * Asks; the running coroutine waits.
   *
   * @throws Refusal what the peer answered, or 504
   */
  public Object ask(Life from, Node to, Question question, Call call) {
    for (int attempt = 1; ; attempt++) {
      wiretap.sent(from.node(), to, question);
      Exchange.Answer answer = new Exchange(this, from, to, question).run(call);
      if (answer.value() != null) {
        return answer.value();
      }
      Refusal refusal = answer.refusal();
      boolean again =
          refusal == null && question.operation().safeToRepeat() && attempt < ATTEMPTS_MAX;
      if (!again || call.remaining(from.node().clock().instant()).isZero()) {
        throw refusal == null ? unreachable() : refusal;
      }
      timeline.sleep(chance.between(10 * MILLI, 50 * MILLI));
    }
  }

  private static Refusal unreachable() {
    return Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The peer cannot be reached.");
  }

  /** How long a message takes, ns; negative when it is lost. */
  long passage(Node from, Node to) {
    if (!passes(from, to) || chance.hit(weather.lost())) {
      return -1;
    }
    return chance.hit(weather.slow())
        ? chance.between(5 * MILLI, 1_500 * MILLI)
        : chance.between(100 * MICRO, 3 * MILLI);
  }

  boolean repeats() {
    return chance.hit(weather.repeated());
  }
}

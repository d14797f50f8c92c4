package io.aipaging.aipf.world;

import io.aipaging.openapi.Refusal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What goes wrong where, and what was called: points are named like {@code gate.applyCommits}. */
public final class Faults {
  /** Something that happens instead of, or before, a call. */
  @FunctionalInterface
  public interface Fault {
    void strike();
  }

  /**
   * Right before or after a call.
   *
   * @param point which call
   * @param done whether it has done its work
   */
  public record Moment(String point, boolean done) {
    /** Before and after each of {@code points}, in order. */
    public static Stream<Moment> around(String... points) {
      return Stream.of(points).flatMap(p -> Stream.of(new Moment(p, false), new Moment(p, true)));
    }

    @Override
    public String toString() {
      return (done ? "after " : "before ") + point;
    }
  }

  private final Map<String, Fault> before = new ConcurrentHashMap<>();
  private final Map<String, Fault> after = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** From now on calls at {@code point} are refused and do nothing. */
  public void refuse(String point, int status, String cause) {
    before.put(point, () -> refuse(status, cause));
  }

  /** From now on calls at {@code point} do their work, but their answer is lost. */
  public void loseAnswer(String point) {
    after.put(point, () -> refuse(504, "TIMED_OUT_REQUEST"));
  }

  /** {@code fault} strikes before every call at {@code point}. */
  public void before(String point, Fault fault) {
    before.put(point, fault);
  }

  /** {@code fault} strikes after every call at {@code point} has done its work. */
  public void after(String point, Fault fault) {
    after.put(point, fault);
  }

  /** {@code fault} strikes at {@code moment}. */
  public void at(Moment moment, Fault fault) {
    (moment.done() ? after : before).put(moment.point(), fault);
  }

  /** Nothing is wrong any more. */
  public void heal() {
    before.clear();
    after.clear();
  }

  /** Calls at {@code point} work again. */
  public void heal(String point) {
    before.remove(point);
    after.remove(point);
  }

  private static void refuse(int status, String cause) {
    throw Refusal.of(status, cause, "by the test");
  }

  void called(String point) {
    calls.add(point);
    strike(point);
  }

  /** As {@link #called} of what is not a call to the network. */
  void strike(String point) {
    Fault fault = before.get(point);
    if (fault != null) {
      fault.strike();
    }
  }

  void answering(String point) {
    Fault fault = after.get(point);
    if (fault != null) {
      fault.strike();
    }
  }

  /** Every call to a peer so far, in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  public void forgetCalls() {
    calls.clear();
  }
}

package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Deleted;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Shown;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the core let go of bindings that are {@link Binding.Ending}, one attempt at a time. */
final class Deletion {
  private static final Duration BACKOFF_MIN = Duration.ofMillis(500);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(60);

  private final BindingTable table;
  private final PolicyAuthorization core;
  private final Lanes lanes;
  private final Deadlines deadlines;
  private final BindingObserver observer;
  private final InstantSource clock;
  private final BindingLimits limits;
  private final Map<String, CompletableFuture<Deleted>> attempts = new ConcurrentHashMap<>();

  Deletion(Workshop shop) {
    this.table = shop.table();
    this.core = shop.core();
    this.lanes = shop.lanes();
    this.deadlines = shop.deadlines();
    this.observer = shop.observer();
    this.clock = shop.clock();
    this.limits = shop.limits();
  }

  /**
   * Attempts to delete an ending binding, or joins the attempt under way. A failed attempt is
   * repeated later by the reaper. Refuses with 503 when the lane is full, likewise repeated.
   */
  CompletableFuture<Deleted> attempt(Binding.Ending ending) {
    String ref = ending.identity().bindingRef();
    CompletableFuture<Deleted> mine = new CompletableFuture<>();
    CompletableFuture<Deleted> underWay = attempts.putIfAbsent(ref, mine);
    if (underWay != null) {
      return underWay;
    }
    try {
      lanes.submit(ending.identity().lane(), turn -> run(ref, mine, turn));
      return mine;
    } catch (Refusal full) {
      attempts.remove(ref, mine);
      deadlines.add(clock.instant().plus(backoff(ending.attempts())), ref);
      mine.complete(new Deleted.Failed(false, full.detail()));
      throw full;
    }
  }

  /** Like {@link #attempt}, for callers that do not wait: a full lane is tried again later. */
  void attemptInBackground(Binding.Ending ending) {
    try {
      var _ = attempt(ending);
    } catch (Refusal full) {
      observer.deletionFailed(ending.identity().bindingRef(), ending.attempts(), full.detail());
    }
  }

  private void run(String ref, CompletableFuture<Deleted> answer, Lanes.Turn turn) {
    Deleted outcome = new Deleted.Failed(true, "the attempt broke off");
    try {
      outcome =
          table.find(ref) instanceof Binding.Ending ending
              ? letGo(ending, turn)
              : new Deleted.Gone();
    } finally {
      settle(ref, outcome);
      attempts.remove(ref, answer);
      answer.complete(outcome);
    }
  }

  /**
   * Deletes. A resource remembered from before a restart is read first: small ids are given anew by
   * a restarted core, and then it is not ours to delete. A core without reading is trusted.
   */
  private Deleted letGo(Binding.Ending ending, Lanes.Turn turn) {
    if (!table.isRemembered(ending.identity().bindingRef())) {
      return core.delete(ending.appSessionId());
    }
    Shown shown = core.read(ending.appSessionId());
    turn.gap();
    return switch (shown) {
      case Shown.Absent _ -> new Deleted.Gone();
      case Shown.Unknown(String detail) -> new Deleted.Failed(true, detail);
      case Shown.Present(String notifId) when !ending.identity().notifId().equals(notifId) ->
          new Deleted.Gone();
      case Shown.Present _, Shown.Unsupported _ -> core.delete(ending.appSessionId());
    };
  }

  private void settle(String ref, Deleted outcome) {
    table.exclusively(
        ref,
        () -> {
          if (table.find(ref) instanceof Binding.Ending ending) {
            switch (outcome) {
              case Deleted.Gone() -> end(ending);
              case Deleted.Failed(boolean _, String detail) -> retryLater(ending, detail);
            }
          }
          return null;
        });
  }

  private void end(Binding.Ending ending) {
    BindingIdentity identity = ending.identity();
    table.change(new Binding.Ended(identity, ending.reason(), clock.instant()));
    deadlines.add(clock.instant().plus(limits.endedKept()), identity.bindingRef());
    observer.ended(identity.bindingRef(), ending.reason());
  }

  private void retryLater(Binding.Ending ending, String detail) {
    Binding.Ending next = ending.failedOnceMore();
    table.countAttempt(next);
    deadlines.add(clock.instant().plus(backoff(next.attempts())), next.identity().bindingRef());
    observer.deletionFailed(next.identity().bindingRef(), next.attempts(), detail);
  }

  private static Duration backoff(int attempts) {
    Duration delay = BACKOFF_MIN.multipliedBy(1L << Math.clamp(attempts, 0, 10));
    return delay.compareTo(BACKOFF_MAX) < 0 ? delay : BACKOFF_MAX;
  }
}

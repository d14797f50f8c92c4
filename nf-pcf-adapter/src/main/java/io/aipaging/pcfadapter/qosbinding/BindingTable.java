package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Refusal;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All bindings. A state changes only inside {@link #exclusively} and is journaled first. */
final class BindingTable {
  private static final int STRIPES = 256;

  private final BindingLimits limits;
  private final BindingJournal journal;
  private final BindingObserver observer;
  private final Map<String, Binding> byRef = new ConcurrentHashMap<>();
  private final NavigableSet<String> refs = new ConcurrentSkipListSet<>();
  private final Map<String, String> refByNotifId = new ConcurrentHashMap<>();
  private final Map<String, String> refByResource = new ConcurrentHashMap<>();
  private final Map<String, Integer> perLane = new ConcurrentHashMap<>();
  private final Set<String> remembered = ConcurrentHashMap.newKeySet();
  private final BindingCounts counts = new BindingCounts();
  private final ReentrantLock[] stripes =
      IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  BindingTable(BindingLimits limits, BindingJournal journal, BindingObserver observer) {
    this.limits = limits;
    this.journal = journal;
    this.observer = observer;
  }

  /** Runs {@code body} while nobody else changes {@code bindingRef}. */
  <T extends @Nullable Object> T exclusively(String bindingRef, Supplier<T> body) {
    ReentrantLock stripe = stripes[Math.floorMod(bindingRef.hashCode(), STRIPES)];
    stripe.lock();
    try {
      return body.get();
    } finally {
      stripe.unlock();
    }
  }

  /** How many bindings are in which state. */
  BindingCounts counts() {
    return counts;
  }

  @Nullable Binding find(String bindingRef) {
    return byRef.get(bindingRef);
  }

  /** Reference of the binding that the core's resource belongs to, or null. */
  @Nullable String refOfResource(String appSessionId) {
    return refByResource.get(appSessionId);
  }

  /** Whom the binding of that reference was made for, as far as is known. */
  @Nullable SubscriberMark subscriberOf(String bindingRef) {
    Binding known = byRef.get(bindingRef);
    return known == null ? null : known.identity().subscriber();
  }

  /** Bindings that follow the reference {@code last}, in order; all where that is null. */
  Stream<Binding> after(@Nullable String last) {
    return (last == null ? refs : refs.tailSet(last, false))
        .stream().map(byRef::get).filter(Objects::nonNull);
  }

  /** How many app sessions of a PDU session the core may have. */
  int held(String lane) {
    return perLane.getOrDefault(lane, 0);
  }

  /** Reference of the binding with that callback id, or null. */
  @Nullable String refOf(String notifId) {
    return refByNotifId.get(notifId);
  }

  /**
   * Enters a new binding, or returns the one already there; one that the core dropped makes way.
   * Refuses when there are too many.
   */
  @Nullable Binding enterOrFind(Binding.Creating fresh) {
    BindingIdentity identity = fresh.identity();
    return exclusively(
        identity.bindingRef(),
        () -> {
          Binding known = byRef.get(identity.bindingRef());
          if (known instanceof Binding.Ended ended && ended.makesWayFor(identity)) {
            remove(identity.bindingRef());
            known = null;
          }
          if (known == null) {
            admit(identity.lane());
            put(fresh);
          }
          return known;
        });
  }

  /** Takes over a journaled binding at start. */
  void restore(Binding binding) {
    perLane.merge(binding.identity().lane(), 1, Integer::sum);
    remembered.add(binding.identity().bindingRef());
    put(binding);
  }

  /** Whether the binding is known from before this process started. */
  boolean isRemembered(String bindingRef) {
    return remembered.contains(bindingRef);
  }

  /** Writes the state durably, then makes it true; throws {@link UncheckedIOException}. */
  void changeDurably(Binding next) {
    journal.write(next);
    observer.journalWritten();
    put(next);
  }

  /** Makes the state true even where the journal fails: it describes what happened already. */
  void change(Binding next) {
    BindingIdentity identity = next.identity();
    Binding before = byRef.get(identity.bindingRef());
    boolean ends = next instanceof Binding.Ended && !(before instanceof Binding.Ended);
    journaling(
        identity.bindingRef(),
        () -> {
          if (ends) {
            journal.forget(identity.bindingRef());
          } else {
            journal.write(next);
          }
        });
    if (ends) {
      leave(identity.lane());
    }
    put(next);
  }

  /** Notes in memory only that another attempt failed. */
  void countAttempt(Binding.Ending next) {
    put(next);
  }

  /** Forgets a binding. */
  void remove(String bindingRef) {
    Binding before = byRef.remove(bindingRef);
    if (before == null) {
      return;
    }
    counts.changed(before, null);
    refs.remove(bindingRef);
    refByNotifId.remove(before.identity().notifId(), bindingRef);
    releaseResource(before);
    remembered.remove(bindingRef);
    if (!(before instanceof Binding.Ended)) {
      leave(before.identity().lane());
      journaling(bindingRef, () -> journal.forget(bindingRef));
    }
  }

  private void put(Binding next) {
    BindingIdentity identity = next.identity();
    Binding before = byRef.put(identity.bindingRef(), next);
    counts.changed(before, next);
    refs.add(identity.bindingRef());
    if (before != null && !before.identity().notifId().equals(identity.notifId())) {
      refByNotifId.remove(before.identity().notifId());
    }
    refByNotifId.put(identity.notifId(), identity.bindingRef());
    String resource = next.resource();
    if (resource != null) {
      refByResource.put(resource, identity.bindingRef());
    } else if (before != null) {
      releaseResource(before);
    }
  }

  private void releaseResource(Binding before) {
    String resource = before.resource();
    if (resource != null) {
      refByResource.remove(resource, before.identity().bindingRef());
    }
  }

  private void admit(String lane) {
    if (byRef.size() >= limits.totalMax()) {
      throw Refusal.of(503, "NF_CONGESTION", "too many bindings").retryAfter(Duration.ofSeconds(5));
    }
    perLane.compute(
        lane,
        (key, count) -> {
          int now = count == null ? 0 : count;
          if (now >= limits.perUeMax()) {
            throw Refusal.of(
                403,
                "REQUESTED_SERVICE_TEMPORARILY_NOT_AUTHORIZED",
                "the PDU session holds as many app sessions as it may");
          }
          return now + 1;
        });
  }

  private void leave(String lane) {
    perLane.computeIfPresent(lane, (key, count) -> count <= 1 ? null : count - 1);
  }

  private void journaling(String bindingRef, Runnable write) {
    try {
      write.run();
      observer.journalWritten();
    } catch (UncheckedIOException e) {
      observer.journalFailed(bindingRef, String.valueOf(e.getMessage()));
    }
  }
}

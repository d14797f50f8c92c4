package io.aipaging.smfadapter.steering.corepath;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.SessionId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.corepath.KnownPath.Phase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the gate carries, what the core was told, and what follows from it. Not thread-safe. */
final class PathBook {
  private final PathIds ids;
  private final PathConfig config;
  private final PathObserver observer;
  private final LongSupplier nanoTime;
  private final Supplier<String> notifIds;
  private final Map<Flow, Wanted> wanted = new HashMap<>();
  private final Map<String, Flow> flowById = new HashMap<>();
  private final Map<String, KnownPath> paths = new HashMap<>();
  private final Map<String, String> idByNotifId = new HashMap<>();
  private final Set<String> due = new LinkedHashSet<>();
  private final Set<String> later = new HashSet<>();
  private long laterSince;

  /** Where a flow should leave the core, for whom and until when. */
  private record Wanted(String dnai, @Nullable SessionId session, long deadlineNanos) {
    boolean differs(@Nullable Wanted before) {
      return before == null
          || !before.dnai().equals(dnai)
          || !Objects.equals(before.session(), session);
    }
  }

  /** What one path needs next. */
  sealed interface Step {
    /** It is to be asked for. */
    record Ask(PathOrder order) implements Step {}

    /** It is to be given up. */
    record GiveUp(String id) implements Step {}

    /** It is as it should be. */
    record Nothing() implements Step {}
  }

  PathBook(PathFollower.Ports ports, PathConfig config, Supplier<String> notifIds) {
    this.ids = ports.ids();
    this.observer = ports.observer();
    this.nanoTime = ports.nanoTime();
    this.config = config;
    this.notifIds = notifIds;
    for (String id : ids.inUse()) {
      paths.put(id, new KnownPath(id, null, "", null, "", Phase.LEFT, now()));
      due.add(id);
    }
  }

  /** A path that needs something, the longest waiting first; null when none does. */
  @Nullable String poll() {
    if (due.isEmpty()) {
      return null;
    }
    String id = due.iterator().next();
    due.remove(id);
    return id;
  }

  /** The gate has carried a step out. */
  void want(SteeringStep step) {
    Optional<Carried> serving = step.carried().stream().filter(Carried::takesNew).findFirst();
    String dnai = serving.map(carried -> carried.grant().dnai()).orElse(null);
    if (serving.isEmpty() || dnai == null) {
      unwant(step.flow());
      return;
    }
    long deadline = now() + serving.get().timeLeft().toNanos();
    Wanted now = new Wanted(dnai, serving.get().grant().session(), deadline);
    if (now.differs(wanted.put(step.flow(), now))) {
      String id = ids.of(step.flow());
      flowById.put(id, step.flow());
      due.add(id);
    }
  }

  /** The gate carries these and nothing else. */
  void wantOnly(List<SteeringStep> steps) {
    Set<Flow> others = new HashSet<>(wanted.keySet());
    for (SteeringStep step : steps) {
      others.remove(step.flow());
      want(step);
    }
    others.forEach(this::unwant);
  }

  private void unwant(Flow flow) {
    if (wanted.remove(flow) != null) {
      due.add(ids.of(flow));
    }
  }

  /** Notices what has run out, and whose time to be tried again has come. */
  void tick() {
    long now = now();
    wanted.entrySet().stream()
        .filter(one -> one.getValue().deadlineNanos() - now <= 0)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::unwant);
    paths.replaceAll((id, path) -> leftIfLate(path, now));
    paths.replaceAll((id, path) -> renewedIfOld(path, now));
    if (!later.isEmpty() && now - laterSince >= config.retryAfter().toNanos()) {
      due.addAll(later);
      later.clear();
    }
  }

  private KnownPath leftIfLate(KnownPath path, long now) {
    boolean late =
        path.phase() == Phase.ACCEPTED && now - path.sinceNanos() >= config.lateWithin().toNanos();
    if (!late) {
      return path;
    }
    observer.leftToGate("NO_NOTIFICATION");
    due.add(path.id());
    return path.in(Phase.LEFT, now);
  }

  /** A watch is for a while, and set again before that is over. */
  private KnownPath renewedIfOld(KnownPath path, long now) {
    boolean old =
        path.phase() == Phase.WATCHED && now - path.sinceNanos() >= config.renewAfter().toNanos();
    if (!old) {
      return path;
    }
    due.add(path.id());
    return path.in(Phase.UNSURE, now);
  }

  /** What a path needs now. */
  Step step(String id) {
    KnownPath path = paths.get(id);
    Flow flow = flowById.get(id);
    Wanted want = flow == null ? null : wanted.get(flow);
    if (flow == null || want == null) {
      return path == null ? new Step.Nothing() : new Step.GiveUp(id);
    }
    if (path != null && path.isFor(want.dnai(), want.session()) && path.phase() != Phase.UNSURE) {
      boolean toBeGivenUp = path.phase() == Phase.LEFT && ids.isInUse(id);
      return toBeGivenUp ? new Step.GiveUp(id) : new Step.Nothing();
    }
    String notifId = path == null || path.notifId().isEmpty() ? notifIds.get() : path.notifId();
    paths.put(
        id, new KnownPath(id, flow, want.dnai(), want.session(), notifId, Phase.ASKED, now()));
    idByNotifId.put(notifId, id);
    return new Step.Ask(new PathOrder(id, flow, want.dnai(), want.session(), notifId));
  }

  /** The core has answered an order, or not. */
  void asked(PathOrder order, CorePaths.Outcome outcome) {
    KnownPath path = paths.get(order.id());
    if (path == null || !path.isFor(order.dnai(), order.session()) || path.phase() != Phase.ASKED) {
      return; // it has told of it before it answered
    }
    Phase next =
        switch (outcome) {
          case DONE -> Phase.ACCEPTED;
          case WATCHED -> Phase.WATCHED;
          case REFUSED -> Phase.LEFT;
          case UNCERTAIN -> Phase.UNSURE;
        };
    paths.put(path.id(), path.in(next, now()));
    if (next == Phase.LEFT) {
      observer.leftToGate("REFUSED");
      due.add(path.id());
    } else if (next == Phase.UNSURE) {
      again(path.id());
    }
  }

  /** Nobody knows how far it came: it is looked at again. */
  void failed(String id) {
    askedAnew(id);
    again(id);
  }

  /** What was given up, perhaps, and is wanted again, has to be asked for again. */
  private void askedAnew(String id) {
    KnownPath path = paths.get(id);
    if (path != null && path.phase() != Phase.LEFT) {
      paths.put(id, path.in(Phase.UNSURE, now()));
    }
  }

  /** The core has let a path go, or that is not known. */
  void gaveUp(String id, CorePaths.Outcome outcome) {
    askedAnew(id);
    if (outcome == CorePaths.Outcome.UNCERTAIN) {
      again(id);
      return;
    }
    ids.forget(id);
    Flow flow = flowById.get(id);
    if (flow != null && wanted.containsKey(flow)) {
      due.add(id); // it may be wanted elsewhere by now
      return;
    }
    flowById.remove(id);
    KnownPath path = paths.remove(id);
    if (path != null) {
      idByNotifId.remove(path.notifId());
    }
  }

  private void again(String id) {
    if (later.isEmpty()) {
      laterSince = now();
    }
    later.add(id);
  }

  /** The core tells of a path. */
  void heard(String notifId, PathNotice notice) {
    String id = idByNotifId.get(notifId);
    KnownPath path = id == null ? null : paths.get(id);
    if (path == null || path.flow() == null) {
      return;
    }
    String dnai = notice.dnai();
    boolean wanted = dnai.isEmpty() || dnai.equals(path.dnai());
    if (!wanted || notice.ackUri() != null) {
      observer.changes(
          new PathChange(notifId, path.flow(), dnai, notice.done(), notice.ackUri(), wanted));
    }
    if (dnai.equals(path.dnai()) && notice.done() && path.awaits()) {
      paths.put(path.id(), path.in(Phase.STEERED, now()));
      observer.steered();
    }
  }

  private long now() {
    return nanoTime.getAsLong();
  }
}

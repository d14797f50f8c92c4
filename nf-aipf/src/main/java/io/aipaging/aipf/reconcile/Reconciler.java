package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.events.EnforcerStarts;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.reconcile.ReconcileObserver.Ending;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recover (lease-protocol §5): compares one peer after the other with the rows of the shards this
 * process owns, again and again, and at once when an enforcer has started or shards were gained. A
 * peer is compared by one strand at a time; one that is away costs nobody else anything. ENDING is
 * left to the session keeper. Thread-safe.
 */
public final class Reconciler implements EnforcerStarts {
  /** A comparison is followed by a pause of at least so many times its length. */
  private static final int PAUSE_TIMES = 4;

  /** First pause after a comparison that was asked for and did not come to its end; doubles. */
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private final Tools tools;
  private final Strands strands;
  private final Duration interval;
  private final ReconcileObserver observer;
  private final EnforcerComparison enforcers;
  private final QosComparison qos;
  private final Map<Peer, AtomicReference<Phase>> phases = new LinkedHashMap<>();
  private final Map<String, String> boots = new ConcurrentHashMap<>();
  private final Set<Peer> startedAnew = ConcurrentHashMap.newKeySet();

  /** Whether a peer is being compared. */
  private enum Phase {
    IDLE,
    COMPARING,
    /** It is, and will be once more: something happened meanwhile. */
    AGAIN
  }

  /**
   * How often, and who is told.
   *
   * @param strands where it works
   * @param interval between two comparisons of a peer
   * @param observer told of them
   */
  public record Habits(Strands strands, Duration interval, ReconcileObserver observer) {}

  /** A reconciler of {@code enforcers} and the core's QoS. */
  public Reconciler(Tools tools, List<Peer.Enforcer> enforcers, Habits habits) {
    this.tools = tools;
    this.strands = habits.strands();
    this.interval = habits.interval();
    this.observer = habits.observer();
    Batches batches = new Batches(tools);
    this.enforcers = new EnforcerComparison(tools, batches, observer);
    this.qos = new QosComparison(tools, batches, observer);
    enforcers.forEach(peer -> phases.put(peer, new AtomicReference<>(Phase.IDLE)));
    phases.put(new Peer.Qos(), new AtomicReference<>(Phase.IDLE));
  }

  /** Whom it compares. For each somebody calls {@link #round} over and over. */
  public List<Peer> peers() {
    return List.copyOf(phases.keySet());
  }

  /** From now on compares everybody at once when this process has more to look after. */
  public void start() {
    tools
        .ownership()
        .listen(
            new Ownership.Listener() {
              @Override
              public void gained(Set<Shard> shards) {
                phases.keySet().forEach(Reconciler.this::compareAside);
              }

              @Override
              public void runnerGone() {
                // its sessions are the keeper's: what enforcers hold of them has not changed
              }
            });
  }

  /**
   * Compares a peer, unless that is being done.
   *
   * @return how long to wait before the next round of it
   */
  public Duration round(Peer peer) {
    Instant began = tools.leases().now();
    compareUnlessBusy(peer);
    Duration took = Duration.between(began, tools.leases().now());
    Duration pause = took.multipliedBy(PAUSE_TIMES);
    return pause.compareTo(interval) > 0 ? pause : interval;
  }

  @Override
  public boolean started(String enforcerId, String bootId) {
    Optional<Peer.Enforcer> peer =
        phases.keySet().stream()
            .filter(Peer.Enforcer.class::isInstance)
            .map(Peer.Enforcer.class::cast)
            .filter(enforcer -> enforcer.enforcerId().equals(enforcerId))
            .findFirst();
    if (peer.isPresent() && !bootId.equals(boots.put(enforcerId, bootId))) {
      LOG.atInfo().addKeyValue("enforcerId", enforcerId).log("an enforcer has started");
      startedAnew.add(peer.get());
      compareAside(peer.get());
    }
    return peer.isPresent();
  }

  /** What was lost should not wait for the next round because one question went astray. */
  private void compareAside(Peer peer) {
    var _ =
        strands.start(
            () -> {
              Duration pause = AGAIN_AFTER;
              while (!compareAfterNow(peer) && pause.compareTo(interval) < 0) {
                strands.pause(pause);
                pause = pause.multipliedBy(2);
              }
              return peer;
            });
  }

  /**
   * Makes sure that a comparison begins after this call.
   *
   * @return whether it came to its end, or is somebody else's
   */
  private boolean compareAfterNow(Peer peer) {
    AtomicReference<Phase> phase = phase(peer);
    while (!phase.compareAndSet(Phase.IDLE, Phase.COMPARING)) {
      if (phase.get() == Phase.AGAIN || phase.compareAndSet(Phase.COMPARING, Phase.AGAIN)) {
        return true; // by whoever is at it
      }
    }
    return compare(peer, phase) == Ending.DONE;
  }

  private void compareUnlessBusy(Peer peer) {
    AtomicReference<Phase> phase = phase(peer);
    if (phase.compareAndSet(Phase.IDLE, Phase.COMPARING)) {
      var _ = compare(peer, phase);
    }
  }

  private AtomicReference<Phase> phase(Peer peer) {
    return Objects.requireNonNull(phases.get(peer), "not a peer");
  }

  private Ending compare(Peer peer, AtomicReference<Phase> phase) {
    boolean finished = false;
    Ending ending;
    try {
      do {
        phase.set(Phase.COMPARING);
        ending = compareOnce(peer);
        finished = phase.compareAndSet(Phase.COMPARING, Phase.IDLE);
      } while (!finished);
    } finally {
      if (!finished) {
        phase.set(Phase.IDLE);
      }
    }
    return ending;
  }

  /**
   * One comparison. An enforcer that has started tells one replica of all, so that one looks at
   * every session once: what it lost is not asked for by nobody.
   */
  private Ending compareOnce(Peer peer) {
    Instant began = tools.leases().now();
    boolean anew = startedAnew.remove(peer);
    Rows rows = anew ? Rows.all(tools) : Rows.owned(tools);
    Ending ending;
    try {
      boolean there =
          switch (peer) {
            case Peer.Enforcer enforcer -> enforcers.run(enforcer, rows);
            case Peer.Qos _ -> qos.run();
          };
      ending = there ? Ending.DONE : Ending.UNREACHABLE;
    } catch (Refusal e) {
      ending = Ending.UNREACHABLE;
    } catch (StoreUnavailable e) {
      ending = Ending.FAILED;
    } catch (RuntimeException e) {
      ending = Ending.FAILED;
      LOG.atError().setCause(e).addKeyValue("peer", peer.kind()).log("a comparison failed");
    }
    if (anew && ending != Ending.DONE) {
      startedAnew.add(peer);
    }
    observer.compared(peer, ending, Duration.between(began, tools.leases().now()));
    return ending;
  }
}

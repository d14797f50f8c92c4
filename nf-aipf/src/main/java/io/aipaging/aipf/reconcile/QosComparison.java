package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ListedBinding;
import io.aipaging.protocol.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core's QoS bindings against the rows. A binding bears its session's id. What the adapter says
 * it holds, the core may have lost: some bindings each time are looked up there.
 */
final class QosComparison {
  /** Bindings looked up at the core per comparison, as long as none is found lost. */
  static final int LOOKED_UP_MAX = 32;

  private static final Logger LOG = LoggerFactory.getLogger(QosComparison.class);
  private final Tools tools;
  private final Inventory inventory;
  private final Batches batches;
  private final QosRepairs repairs;
  private final ReconcileObserver observer;
  private volatile String lookedUpLast = "";

  QosComparison(Tools tools, Batches batches, ReconcileObserver observer) {
    this.tools = tools;
    this.inventory = new Inventory(tools);
    this.batches = batches;
    this.repairs = new QosRepairs(tools, observer);
    this.observer = observer;
  }

  /** Compares; answers whether the adapter was there to the end. */
  boolean run() {
    Rows rows = Rows.owned(tools);
    if (rows.none()) {
      observer.counted(Census.NONE);
      return true;
    }
    Instant listedAt = tools.leases().now();
    Map<String, ListedBinding> found = inventory.bindings(); // 1 what there is
    Map<String, ListedBinding> unclaimed = new TreeMap<>(found);
    Census.Counting counting = new Census.Counting();
    List<SessionId> lacking = new ArrayList<>();
    List<SessionId> standing = new ArrayList<>();
    rows.unfinished( // 2 what the rows say
        session -> {
          counting.add(session);
          if (wantsQos(session)) {
            unclaimed.remove(session.facts().bindingRef());
          }
          if (isBound(session)) {
            ListedBinding listed = found.get(session.facts().bindingRef());
            (repairs.lacks(session, listed) ? lacking : standing).add(session.id());
          }
        });
    observer.counted(counting.census());
    boolean there =
        batches.each( // 3 what belongs to nobody
            List.copyOf(unclaimed.values()), binding -> judge(binding, rows, listedAt));
    there &= batches.each(lacking, id -> repair(rows, id, found)); // 4 what is missing
    return lookUp(rows, standing) && there;
  }

  private static boolean wantsQos(Session session) {
    return session.facts().service().qos().demand() != QosTerms.Demand.NONE;
  }

  private static boolean isBound(Session session) {
    return session.state() instanceof SessionState.Active && session.qos().bound();
  }

  private void repair(Rows rows, SessionId id, Map<String, ListedBinding> found) {
    bound(rows, id)
        .ifPresent(session -> repairs.repair(session, found.get(session.facts().bindingRef())));
  }

  /**
   * Looks some up. A core that has lost one may have lost all: then the next ones follow at once.
   */
  private boolean lookUp(Rows rows, List<SessionId> standing) {
    AtomicBoolean lost = new AtomicBoolean();
    int left = standing.size();
    do {
      lost.set(false);
      List<SessionId> some = due(standing);
      left -= LOOKED_UP_MAX;
      if (!batches.each(some, id -> lookUp(rows, id, lost))) {
        return false;
      }
    } while (lost.get() && left > 0);
    return true;
  }

  /** The next ones in order, beginning anew after the last. */
  private List<SessionId> due(List<SessionId> standing) {
    String last = lookedUpLast;
    List<SessionId> next =
        standing.stream()
            .filter(id -> id.value().compareTo(last) > 0)
            .limit(LOOKED_UP_MAX)
            .toList();
    lookedUpLast = next.size() < LOOKED_UP_MAX ? "" : next.getLast().value();
    return next;
  }

  private void lookUp(Rows rows, SessionId id, AtomicBoolean lost) {
    Optional<Session> session = bound(rows, id);
    if (session.isEmpty()) {
      return;
    }
    try {
      String ref = session.get().facts().bindingRef();
      var _ = tools.ask(until -> tools.enforcement().binding(ref, until));
    } catch (Refusal e) {
      if (e.status() == 404) {
        lost.set(true);
        bound(rows, id).ifPresent(repairs::bindAgain);
      } else if (Tools.away(e)) {
        throw e;
      }
    }
  }

  private static Optional<Session> bound(Rows rows, SessionId id) {
    return rows.fresh(id).filter(session -> rows.ownsStill(id)).filter(QosComparison::isBound);
  }

  private void judge(ListedBinding binding, Rows rows, Instant listedAt) {
    boolean held = binding.state().equals("HELD") || binding.state().equals("CONFIRMED");
    Optional<SessionId> id = sessionOf(binding.bindingRef());
    if (!held || id.isEmpty() || !rows.owns(id.get())) {
      return;
    }
    Optional<Session> row = rows.fresh(id.get());
    if (rows.ownsStill(id.get()) && row.filter(session -> keeps(session, listedAt)).isEmpty()) {
      delete(binding);
    }
  }

  /** Whether a row still has to do with its binding, or had when the list was made. */
  private static boolean keeps(Session session, Instant listedAt) {
    return session.state() instanceof SessionState.Terminal terminal
        ? terminal.endedAt().isAfter(listedAt)
        : wantsQos(session);
  }

  private void delete(ListedBinding binding) {
    try {
      tools.perform(new Effect.DeleteQos(binding.bindingRef()));
      observer.orphan(Peer.Kind.QOS);
      LOG.atWarn().addKeyValue("bindingRef", binding.bindingRef()).log("an orphan was deleted");
    } catch (Refusal e) {
      if (Tools.away(e)) {
        throw e;
      }
      LOG.atWarn()
          .addKeyValue("bindingRef", binding.bindingRef())
          .addKeyValue("cause", e.problemCause())
          .log("an orphan was not deleted");
    }
  }

  /** Empty when it is no AIPF's binding. */
  private static Optional<SessionId> sessionOf(String bindingRef) {
    try {
      return Optional.of(new SessionId(bindingRef));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

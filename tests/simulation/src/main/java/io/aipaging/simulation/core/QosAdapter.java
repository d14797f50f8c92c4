package io.aipaging.simulation.core;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.ListQosBindings;
import io.aipaging.openapi.qosbinding.ListedBinding;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import io.aipaging.simulation.core.QosJournal.Entry;
import io.aipaging.simulation.core.QosJournal.State;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Signal;
import io.aipaging.simulation.engine.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One life of the QoS adapter, as {@code nf-pcf-adapter} behaves: what it has made at the core it
 * has in its journal, and what nobody confirms it deletes.
 */
final class QosAdapter implements NpcfadapterQosbinding {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LOST_KEPT = Duration.ofSeconds(20);
  private static final Duration SWEEP_EVERY = Duration.ofMillis(500);
  private final Life life;
  private final Timeline timeline;
  private final QosJournal journal;
  private final Pcf pcf;
  private final Map<String, Signal> changes = new HashMap<>();

  QosAdapter(Life life, Timeline timeline, QosJournal journal, Pcf pcf) {
    this.life = life;
    this.timeline = timeline;
    this.journal = journal;
    this.pcf = pcf;
  }

  /** Nothing that was made is left unconfirmed over a restart. */
  void recover() {
    for (Entry entry : journal.all()) {
      switch (entry.state()) {
        case CREATING -> journal.put(entry.in(State.LOST, now().plus(LOST_KEPT)));
        case HELD -> journal.put(entry.in(State.ENDING, now()));
        default -> {}
      }
    }
    sweepLater();
  }

  @Override
  public QosBinding createQosBinding(Call call, CreateQosBinding request) {
    String ref = request.bindingRef();
    Entry known = journal.get(ref);
    if (known != null && known.state() != State.DROPPED) {
      awaitCreation(call, ref);
      return repeated(Objects.requireNonNullElse(journal.get(ref), known));
    }
    journal.putDurably(new Entry(ref, request.qosReference(), 0, State.CREATING, now()));
    Entry made = made(request);
    changed(ref);
    if (made.state() == State.ENDING) {
      throw notFound("the binding ended while it was made");
    }
    return answer(made);
  }

  private Entry made(CreateQosBinding request) {
    String ref = request.bindingRef();
    Pcf.Created created = pcf.create(life.node(), ref);
    Entry before = Objects.requireNonNull(journal.get(ref));
    return switch (created) {
      case Pcf.Created.Accepted(long id) -> {
        State next = before.state() == State.CREATING ? State.HELD : State.ENDING;
        Instant until = now().plusMillis(request.holdTtlMs());
        Entry made = new Entry(ref, before.qosReference(), id, next, until);
        journal.putDurably(made);
        yield made;
      }
      case Pcf.Created.Refused() ->
          throw forgotten(
              ref, Refusal.of(403, "REQUESTED_SERVICE_NOT_AUTHORIZED", "the core refuses the QoS"));
      case Pcf.Created.Unreachable() -> throw forgotten(ref, Pcf.unreachable());
      case Pcf.Created.Lost() -> {
        journal.put(before.in(State.LOST, now().plus(LOST_KEPT)));
        changed(ref);
        throw Refusal.of(504, "TIMED_OUT_REQUEST", "the core's answer was lost");
      }
    };
  }

  private Refusal forgotten(String ref, Refusal why) {
    journal.remove(ref);
    changed(ref);
    return why;
  }

  private QosBinding repeated(Entry known) {
    return switch (known.state()) {
      case HELD, CONFIRMED -> answer(known);
      case LOST, CREATING -> throw Refusal.of(504, "TIMED_OUT_REQUEST", "the answer was lost");
      case ENDING, ENDED, DROPPED ->
          throw Refusal.of(409, "BINDING_REF_IN_USE", "the binding has ended");
    };
  }

  @Override
  public QosBinding confirmQosBinding(Call call, ConfirmQosBinding request) {
    Entry known = journal.get(request.bindingRef());
    boolean held = known != null && known.state() == State.HELD && now().isBefore(known.until());
    if (known == null || !(held || known.state() == State.CONFIRMED)) {
      throw notFound("the hold is gone");
    }
    Entry confirmed = known.in(State.CONFIRMED, request.expiresAt());
    journal.putDurably(confirmed);
    return answer(confirmed);
  }

  @Override
  public QosBinding routeQosBinding(Call call, RouteQosBinding request) {
    throw new AssertionError("an AIPF does not ask for routes");
  }

  @Override
  public QosBinding getQosBinding(Call call, GetQosBinding request) {
    Entry known = journal.get(request.bindingRef());
    if (known == null || (known.state() != State.HELD && known.state() != State.CONFIRMED)) {
      throw notFound("no such binding");
    }
    Boolean shown = pcf.shows(life.node(), known.appSession(), known.bindingRef());
    if (Boolean.FALSE.equals(shown)) {
      if (!known.equals(journal.get(known.bindingRef()))) {
        throw notFound("something else has become of it");
      }
      journal.put(known.in(State.DROPPED, now()));
      throw notFound("dropped by the core");
    }
    return answer(known);
  }

  @Override
  public NoContent deleteQosBinding(Call call, DeleteQosBinding request) {
    String ref = request.bindingRef();
    Entry known = journal.get(ref);
    if (known != null && known.state() == State.CREATING) {
      journal.put(known.in(State.ENDING, now()));
      awaitCreation(call, ref);
      known = journal.get(ref);
    }
    if (known == null || known.state() == State.ENDED || known.state() == State.DROPPED) {
      return NoContent.INSTANCE;
    }
    if (known.state() == State.LOST) {
      throw Refusal.of(502, "INBOUND_SERVER_ERROR", "nobody can name its resource");
    }
    Entry ending = known.in(State.ENDING, now());
    journal.put(ending);
    if (!end(ending)) {
      throw Pcf.unreachable();
    }
    return NoContent.INSTANCE;
  }

  @Override
  public QosBindingList listQosBindings(Call call, ListQosBindings request) {
    List<ListedBinding> listed = new ArrayList<>();
    for (Entry entry : journal.all()) {
      switch (entry.state()) {
        case HELD, CONFIRMED, LOST, ENDING -> listed.add(listed(entry));
        case CREATING, ENDED, DROPPED -> {}
      }
    }
    return new QosBindingList(listed, null);
  }

  private static ListedBinding listed(Entry entry) {
    boolean stands = entry.state() == State.HELD || entry.state() == State.CONFIRMED;
    return new ListedBinding(
        entry.bindingRef(),
        entry.state().name(),
        entry.state() == State.CONFIRMED ? "CONFIRMED" : "ACCEPTED",
        stands ? entry.until() : null,
        null);
  }

  private boolean end(Entry ending) {
    boolean gone = pcf.delete(life.node(), ending.appSession(), ending.bindingRef());
    if (gone) {
      journal.put(ending.in(State.ENDED, now()));
    }
    return gone;
  }

  private void awaitCreation(Call call, String ref) {
    Entry known = journal.get(ref);
    while (known != null && known.appSession() == 0 && creating(known)) {
      long left = call.remaining(now()).toNanos();
      if (left == 0) {
        throw Refusal.of(504, "TIMED_OUT_REQUEST", "the core has not answered in time");
      }
      changes.computeIfAbsent(ref, _ -> new Signal(timeline)).await(left);
      known = journal.get(ref);
    }
  }

  private static boolean creating(Entry entry) {
    return entry.state() == State.CREATING || entry.state() == State.ENDING;
  }

  private void changed(String ref) {
    Signal signal = changes.remove(ref);
    if (signal != null) {
      signal.fire();
    }
  }

  private void sweepLater() {
    timeline.after(
        SWEEP_EVERY,
        life,
        () -> {
          if (journal.all().stream().anyMatch(this::due)) {
            var _ = timeline.start(life, this::sweep);
          }
          sweepLater();
        });
  }

  private boolean due(Entry entry) {
    return switch (entry.state()) {
      case HELD, LOST -> !now().isBefore(entry.until());
      case CONFIRMED -> !now().isBefore(entry.until().plus(GRACE));
      case ENDING -> entry.appSession() != 0;
      case CREATING, ENDED, DROPPED -> false;
    };
  }

  private void sweep() {
    for (Entry entry : journal.all()) {
      if (due(entry) && entry.equals(journal.get(entry.bindingRef()))) {
        if (entry.state() == State.LOST) {
          journal.remove(entry.bindingRef());
        } else {
          Entry ending = entry.in(State.ENDING, now());
          journal.put(ending);
          boolean _ = end(ending);
        }
      }
    }
  }

  private QosBinding answer(Entry entry) {
    boolean held = entry.state() == State.HELD;
    return new QosBinding(
        entry.bindingRef(),
        held ? "HELD" : "CONFIRMED",
        held ? "ACCEPTED" : "CONFIRMED",
        entry.qosReference(),
        held ? entry.until() : null,
        held ? null : entry.until());
  }

  private static Refusal notFound(String detail) {
    return Refusal.of(404, "BINDING_NOT_FOUND", detail);
  }

  private Instant now() {
    return life.node().clock().instant();
  }
}

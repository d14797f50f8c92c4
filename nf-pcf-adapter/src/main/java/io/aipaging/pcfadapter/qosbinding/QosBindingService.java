package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.ListQosBindings;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Deleted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The QoS bindings of one core. {@code enforcement} stays {@code ACCEPTED}: what an N5 GET shows is
 * the PCF's belief, not a flow. Where the core shows flows elsewhere, what is seen is reported.
 */
public final class QosBindingService implements NpcfadapterQosbinding {
  private static final String DELETED = "DELETED";

  private final Workshop shop;
  private final BindingTable table;
  private final Deletion deletion;
  private final Creation creation;
  private final BindingReaper reaper;
  private final Termination termination;
  private final CoreLook look;
  private final Routing routing;
  private final Confirmation confirmation;
  private final PduSessionCheck check;
  private final Supplier<String> notifIds;

  /**
   * Replays the journal; deletions it calls for start with the first {@link #sweep}.
   *
   * @param ports what the service stands on
   * @param limits bounds
   * @param notifIds unguessable callback ids
   */
  public QosBindingService(Ports ports, BindingLimits limits, Supplier<String> notifIds) {
    this.table = new BindingTable(limits, ports.journal(), ports.observer());
    this.shop =
        new Workshop(
            table,
            ports.core(),
            ports.pduSessions(),
            ports.lanes(),
            new Deadlines(),
            ports.observer(),
            ports.clock(),
            limits);
    this.deletion = new Deletion(shop);
    this.look = new CoreLook(shop);
    this.routing = new Routing(shop, look, ports.routes());
    this.confirmation = new Confirmation(shop, routing);
    this.creation = new Creation(shop, deletion, look, routing);
    this.reaper = new BindingReaper(shop, deletion);
    this.termination = new Termination(shop, deletion);
    this.check = new PduSessionCheck(shop, termination, look);
    this.notifIds = notifIds;
    reaper.recover(ports.journal().replay());
  }

  /**
   * What the service stands on.
   *
   * @param core app sessions at the core
   * @param routes whether the core routes the flows of app sessions
   * @param pduSessions whose PDU session an address is
   * @param journal memory over restarts
   * @param lanes one operation at a time per PDU session
   * @param observer told what operators want to see
   * @param clock wall clock
   */
  public record Ports(
      PolicyAuthorization core,
      boolean routes,
      PduSessions pduSessions,
      BindingJournal journal,
      Lanes lanes,
      BindingObserver observer,
      InstantSource clock) {}

  @Override
  public QosBinding createQosBinding(Call call, CreateQosBinding request) {
    BindingRequest wanted = BindingRequest.parse(request);
    BindingIdentity identity =
        wanted.identity(notifIds.get()).withSubscriber(table.subscriberOf(request.bindingRef()));
    Binding.Creating fresh = new Binding.Creating(identity, new CompletableFuture<>(), null);
    Binding known = table.enterOrFind(fresh);
    if (known != null) {
      return repeated(call, identity, known);
    }
    Lanes.Ticket ticket;
    try {
      ticket = shop.lanes().submit(identity.lane(), creation.work(fresh, wanted, call.deadline()));
    } catch (Refusal full) {
      creation.giveUp(fresh, full);
      throw full;
    }
    return Answers.await(
        fresh.answer(),
        call,
        shop.clock(),
        () -> {
          if (ticket.drop()) {
            creation.giveUp(fresh, Answers.timedOut("the core's turn came too late"));
          }
        });
  }

  /** A repeat answers as the first; a create whose answer was lost is never sent again. */
  private QosBinding repeated(Call call, BindingIdentity wanted, Binding known) {
    if (!known.identity().contentDigest().equals(wanted.contentDigest())) {
      throw Answers.refInUse("the reference belongs to another binding");
    }
    return switch (known) {
      case Binding.Creating creating ->
          Answers.await(creating.answer(), call, shop.clock(), () -> {});
      case Binding.Held held when now().isBefore(held.holdExpiresAt()) -> Answers.held(held);
      case Binding.Confirmed confirmed -> Answers.confirmed(confirmed);
      case Binding.Lost _ -> throw Answers.timedOut("the core's answer was lost");
      case Binding.Held _, Binding.Ending _, Binding.Ended _ ->
          throw Answers.refInUse("the binding of this reference has ended");
    };
  }

  @Override
  public QosBinding confirmQosBinding(Call call, ConfirmQosBinding request) {
    return confirmation.of(request);
  }

  @Override
  public QosBinding routeQosBinding(Call call, RouteQosBinding request) {
    awaitCreation(call, request.bindingRef());
    return routing.route(call, request);
  }

  @Override
  public QosBinding getQosBinding(Call call, GetQosBinding request) {
    String ref = request.bindingRef();
    awaitCreation(call, ref);
    return switch (table.find(ref)) {
      case Binding.Held held when shownByCore(call, held, held.appSessionId()) ->
          Answers.held(held);
      case Binding.Confirmed confirmed
          when shownByCore(call, confirmed, confirmed.appSessionId()) ->
          Answers.confirmed(confirmed);
      case Binding.Ended ended -> throw Answers.notFound("the binding ended: " + ended.reason());
      case Binding.Ending ending ->
          throw Answers.notFound("the binding is ending: " + ending.reason());
      case null, default -> throw Answers.notFound("no such binding");
    };
  }

  @Override
  public QosBindingList listQosBindings(Call call, ListQosBindings request) {
    return BindingPage.of(table, request);
  }

  private void awaitCreation(Call call, String ref) {
    if (table.find(ref) instanceof Binding.Creating creating) {
      try {
        Answers.await(creating.answer(), call, shop.clock(), () -> {});
      } catch (Refusal e) {
        if (table.find(ref) instanceof Binding.Creating) {
          throw e;
        }
      }
    }
  }

  private boolean shownByCore(Call call, Binding binding, String appSessionId) {
    CoreLook.Asked asked = look.ask(binding.identity(), appSessionId);
    boolean gone = Answers.await(asked.gone(), call, shop.clock(), asked.ticket()::drop);
    if (gone) {
      look.dropped(binding);
    }
    return !gone;
  }

  @Override
  public NoContent deleteQosBinding(Call call, DeleteQosBinding request) {
    String ref = request.bindingRef();
    CompletableFuture<Deleted> attempt = table.exclusively(ref, () -> beginEnd(ref));
    if (attempt == null) {
      awaitCreation(call, ref);
      attempt = table.exclusively(ref, () -> beginEnd(ref));
    }
    if (attempt != null
        && Answers.await(attempt, call, shop.clock(), () -> {})
            instanceof Deleted.Failed(boolean unreachable, String detail)) {
      throw Answers.coreUnusable(unreachable, detail);
    }
    return NoContent.INSTANCE;
  }

  /** Starts or joins the deletion; null when there is nothing yet, or nothing any more. */
  private @Nullable CompletableFuture<Deleted> beginEnd(String ref) {
    return switch (table.find(ref)) {
      case Binding.Creating creating -> {
        table.change(creating.ending(DELETED));
        yield null;
      }
      case Binding.Held held -> end(held.identity(), held.appSessionId(), DELETED);
      case Binding.Confirmed confirmed ->
          end(confirmed.identity(), confirmed.appSessionId(), DELETED);
      case Binding.Ending ending -> deletion.attempt(ending);
      case Binding.Lost _ ->
          throw Answers.coreUnusable(
              false, "the core never answered the create; nobody can name its resource");
      case Binding.Ended _ -> null;
      case null -> null;
    };
  }

  private CompletableFuture<Deleted> end(
      BindingIdentity identity, String appSessionId, String reason) {
    Binding.Ending ending = new Binding.Ending(identity, appSessionId, reason, 0);
    table.change(ending);
    return deletion.attempt(ending);
  }

  /**
   * The core has ended an app session (TS 29.514 {@code terminate}). The binding is gone from now
   * on; its resource is deleted as the specification asks. Duplicates and strangers change nothing.
   *
   * @param notifId last segment of the callback URI called
   * @param resUri resource the core names, or null
   * @param cause the core's {@code termCause}
   * @return whether a live binding was meant
   */
  public boolean terminatedByCore(String notifId, @Nullable String resUri, String cause) {
    return termination.of(notifId, resUri, cause);
  }

  /**
   * The core has said whether it keeps the QoS of an app session (TS 29.514 {@code QOS_NOTIF} and
   * {@code …_RESOURCES_ALLOCATION}). Of strangers nothing is passed on.
   *
   * @param notifId last segment of the callback URI called
   * @param kept whether the QoS is enforced
   * @param cause the core's word for it
   */
  public void toldByCore(String notifId, boolean kept, String cause) {
    String ref = table.refOf(notifId);
    Binding binding = ref == null ? null : table.find(ref);
    if (ref != null && (binding instanceof Binding.Held || binding instanceof Binding.Confirmed)) {
      shop.observer().toldByCore(ref, kept ? CoreWord.GUARANTEED : CoreWord.NOT_GUARANTEED, cause);
    }
  }

  /** The states {@link #bindingsIn} knows. */
  public static List<String> states() {
    return BindingCounts.STATES;
  }

  /** How many bindings are in that state now. */
  public int bindingsIn(String state) {
    return table.counts().in(state);
  }

  /** Ends what has run out and repeats failed deletions; to be called every 100 ms or so. */
  public void sweep() {
    reaper.sweep();
    routing.sweep();
  }

  /** Looks whether bindings' PDU sessions are still there, and still the same UE's. */
  public void checkPduSessions() {
    check.run();
  }

  private Instant now() {
    return shop.clock().instant();
  }
}

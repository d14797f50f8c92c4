package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.PduSessions.Standing;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Created;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Shown;
import io.aipaging.protocol.UeAddress;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one app session for one binding. Sent once; what comes of it is always accounted for. */
final class Creation {
  /** Reason of bindings whose making went wrong after the core had accepted. */
  private static final String FAILED = "CREATE_FAILED";

  private final Workshop shop;
  private final BindingTable table;
  private final Deletion deletion;
  private final CoreLook look;
  private final Routing routing;

  Creation(Workshop shop, Deletion deletion, CoreLook look, Routing routing) {
    this.shop = shop;
    this.table = shop.table();
    this.deletion = deletion;
    this.look = look;
    this.routing = routing;
  }

  /** The lane work of one create, not sent any more once {@code deadline} has passed. */
  Lanes.Work work(Binding.Creating fresh, BindingRequest request, Instant deadline) {
    return turn -> {
      if (mayBegin(fresh, deadline)) {
        Instant holdEnd = shop.clock().instant().plus(request.holdTtl());
        AppSessionOrder order =
            request
                .order(fresh.identity().notifId())
                .by(routing.again(fresh.identity().bindingRef(), holdEnd));
        Created outcome = create(fresh, order);
        settle(fresh, request.holdTtl(), outcome, turn);
      }
    };
  }

  /** Gives a create up that was never sent. */
  void giveUp(Binding.Creating fresh, Refusal refusal) {
    String ref = fresh.identity().bindingRef();
    table.exclusively(
        ref,
        () -> {
          table.remove(ref);
          return null;
        });
    fresh.answer().completeExceptionally(refusal);
  }

  private boolean mayBegin(Binding.Creating fresh, Instant deadline) {
    String ref = fresh.identity().bindingRef();
    Refusal refusal =
        table.exclusively(
            ref,
            () -> {
              if (!(table.find(ref) instanceof Binding.Creating now) || now.endWanted() != null) {
                return Answers.notFound("the binding was deleted before it was made");
              }
              if (!shop.clock().instant().isBefore(deadline)) {
                return Answers.timedOut("the core's turn came too late");
              }
              return intend(now);
            });
    if (refusal != null) {
      giveUp(fresh, refusal);
    }
    return refusal == null;
  }

  private @Nullable Refusal intend(Binding.Creating now) {
    try {
      table.changeDurably(now);
      return null;
    } catch (UncheckedIOException e) {
      shop.observer().journalFailed(now.identity().bindingRef(), String.valueOf(e.getMessage()));
      return Refusal.of(500, "SYSTEM_FAILURE", "the adapter cannot remember bindings");
    }
  }

  private Created create(Binding.Creating fresh, AppSessionOrder order) {
    SubscriberMark before = fresh.identity().subscriber();
    if (before != null && isAnothers(order.ue(), before)) {
      return new Created.Refused("PDU_SESSION_NOT_AVAILABLE", null);
    }
    try {
      return shop.core().create(order);
    } catch (RuntimeException e) {
      return new Created.Lost("the driver broke off: " + e);
    }
  }

  /** A binding made again is for the subscriber it was made for, whoever has the address now. */
  private boolean isAnothers(UeAddress sender, SubscriberMark before) {
    UeAddress ue = sender.ofPduSession();
    return switch (shop.pduSessions().look(List.of(ue)).get(ue)) {
      case Standing.Of(String supi, Integer _) -> supi != null && !before.matches(supi);
      case Standing.Ended _ -> true;
      case Standing.Doubtful _ -> false;
      case null -> false;
    };
  }

  private void settle(Binding.Creating fresh, Duration holdTtl, Created outcome, Lanes.Turn turn) {
    switch (outcome) {
      case Created.Accepted(String id, SubscriberMark subscriber) ->
          hold(fresh, fresh.identity().known(subscriber), id, holdTtl);
      case Created.Existing(String id) -> {
        turn.gap();
        adopt(fresh, id, holdTtl);
      }
      case Created.Unusable(String id, String detail) -> {
        become(fresh, now -> new Binding.Ending(now.identity(), id, FAILED, 0));
        fresh.answer().completeExceptionally(Answers.coreUnusable(false, detail));
      }
      case Created.Refused(String cause, Duration retryAfter) -> {
        shop.observer().refused(fresh.identity().bindingRef(), cause);
        Refusal refusal = Refusal.of(403, cause, "the core refuses the QoS");
        giveUp(fresh, retryAfter == null ? refusal : refusal.retryAfter(retryAfter));
      }
      case Created.Failed(boolean unreachable, String detail) ->
          giveUp(fresh, Answers.coreUnusable(unreachable, detail));
      case Created.Lost(String detail) -> lose(fresh, detail);
    }
  }

  private void hold(
      Binding.Creating fresh, BindingIdentity identity, String appSessionId, Duration holdTtl) {
    String ref = identity.bindingRef();
    look.given(appSessionId, ref);
    Binding.Held held =
        new Binding.Held(identity, appSessionId, shop.clock().instant().plus(holdTtl));
    Refusal refusal =
        table.exclusively(
            ref,
            () -> {
              String endWanted =
                  table.find(ref) instanceof Binding.Creating now ? now.endWanted() : null;
              if (endWanted != null) {
                end(new Binding.Ending(identity, appSessionId, endWanted, 0));
                return Answers.notFound("the binding ended while it was made: " + endWanted);
              }
              return keep(held);
            });
    if (refusal == null) {
      shop.deadlines().add(held.holdExpiresAt(), ref);
      shop.observer().held(ref);
      fresh.answer().complete(Answers.held(held));
    } else {
      fresh.answer().completeExceptionally(refusal);
    }
  }

  private @Nullable Refusal keep(Binding.Held held) {
    try {
      table.changeDurably(held);
      return null;
    } catch (UncheckedIOException e) {
      shop.observer().journalFailed(held.identity().bindingRef(), String.valueOf(e.getMessage()));
      end(new Binding.Ending(held.identity(), held.appSessionId(), FAILED, 0));
      return Refusal.of(500, "SYSTEM_FAILURE", "the adapter cannot remember the binding");
    }
  }

  /**
   * The core says an equivalent app session exists. It is taken over only when it is the one whose
   * answer this adapter once lost; anybody else's stays untouched.
   */
  private void adopt(Binding.Creating fresh, String appSessionId, Duration holdTtl) {
    if (read(appSessionId) instanceof Shown.Present(String notifId)
        && notifId != null
        && resolveLost(notifId)) {
      hold(fresh, fresh.identity().withNotifId(notifId), appSessionId, holdTtl);
    } else {
      shop.observer().refused(fresh.identity().bindingRef(), "DUPLICATED_AF_SESSION");
      giveUp(
          fresh,
          Refusal.of(
              403, "DUPLICATED_AF_SESSION", "the core holds an equivalent app session already"));
    }
  }

  private Shown read(String appSessionId) {
    try {
      return shop.core().read(appSessionId);
    } catch (RuntimeException e) {
      return new Shown.Unknown("the driver broke off: " + e);
    }
  }

  private boolean resolveLost(String notifId) {
    String lostRef = table.refOf(notifId);
    return lostRef != null
        && table.exclusively(
            lostRef,
            () -> {
              boolean lost = table.find(lostRef) instanceof Binding.Lost;
              if (lost) {
                table.remove(lostRef);
              }
              return lost;
            });
  }

  private void lose(Binding.Creating fresh, String detail) {
    String ref = fresh.identity().bindingRef();
    Instant now = shop.clock().instant();
    become(fresh, creating -> new Binding.Lost(creating.identity(), now));
    shop.deadlines().add(now.plus(shop.limits().lostKept()), ref);
    shop.observer().lost(ref, detail);
    fresh.answer().completeExceptionally(Answers.timedOut("the core's answer was lost"));
  }

  private void become(Binding.Creating fresh, Function<Binding.Creating, Binding> next) {
    String ref = fresh.identity().bindingRef();
    table.exclusively(
        ref,
        () -> {
          Binding state = next.apply(fresh);
          table.change(state);
          if (state instanceof Binding.Ending ending) {
            deletion.attemptInBackground(ending);
          }
          return null;
        });
  }

  private void end(Binding.Ending ending) {
    table.change(ending);
    deletion.attemptInBackground(ending);
  }
}

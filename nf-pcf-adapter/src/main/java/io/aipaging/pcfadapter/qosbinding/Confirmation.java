package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Turns holds into bindings that last as long as their sessions, and moves that end. */
final class Confirmation {
  private final Workshop shop;
  private final BindingTable table;
  private final Routing routing;

  Confirmation(Workshop shop, Routing routing) {
    this.shop = shop;
    this.table = shop.table();
    this.routing = routing;
  }

  /** Confirms; refuses an end that is past or too far ahead, and a hold that is gone. */
  QosBinding of(ConfirmQosBinding request) {
    Instant expiresAt = request.expiresAt();
    Instant now = shop.clock().instant();
    if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(shop.limits().expiresInMax()))) {
      throw Refusal.of(400, "MANDATORY_IE_INCORRECT", "the end of the session is out of range")
          .with(List.of(new InvalidParam("/expiresAt", "past, or too far ahead")));
    }
    String ref = request.bindingRef();
    Binding.Confirmed confirmed =
        table.exclusively(
            ref,
            () ->
                switch (table.find(ref)) {
                  case Binding.Held(BindingIdentity identity, String id, Instant end)
                      when now.isBefore(end) ->
                      confirm(new Binding.Confirmed(identity, id, expiresAt));
                  case Binding.Confirmed(BindingIdentity identity, String id, Instant _) ->
                      confirm(new Binding.Confirmed(identity, id, expiresAt));
                  case null, default -> throw Answers.notFound("the hold is gone");
                });
    return Answers.confirmed(confirmed);
  }

  private Binding.Confirmed confirm(Binding.Confirmed confirmed) {
    String ref = confirmed.identity().bindingRef();
    try {
      table.changeDurably(confirmed);
    } catch (UncheckedIOException e) {
      shop.observer().journalFailed(ref, String.valueOf(e.getMessage()));
      throw Refusal.of(500, "SYSTEM_FAILURE", "the adapter cannot remember the confirmation");
    }
    shop.deadlines().add(confirmed.expiresAt().plus(shop.limits().expiredGrace()), ref);
    routing.follow(ref);
    return confirmed;
  }
}

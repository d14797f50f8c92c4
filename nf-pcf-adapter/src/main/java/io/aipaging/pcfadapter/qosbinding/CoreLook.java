package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Shown;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Whether the core still shows an app session; asked in the turn of its PDU session. */
final class CoreLook {
  private final Workshop shop;
  private final BindingTable table;

  CoreLook(Workshop shop) {
    this.shop = shop;
    this.table = shop.table();
  }

  /**
   * A question under way.
   *
   * @param gone whether the app session is gone for certain
   * @param ticket its place in the queue
   */
  record Asked(CompletableFuture<Boolean> gone, Lanes.Ticket ticket) {}

  /** Asks the core; throws {@link Refusal} when its queue is full. */
  Asked ask(BindingIdentity identity, String appSessionId) {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    Lanes.Work work =
        _ -> {
          try {
            gone.complete(isGone(identity, shop.core().read(appSessionId)));
          } catch (RuntimeException e) {
            gone.complete(false); // a core that cannot say leaves what the adapter knows
          }
        };
    return new Asked(gone, shop.lanes().submit(identity.lane(), work));
  }

  private static boolean isGone(BindingIdentity identity, Shown shown) {
    return switch (shown) {
      case Shown.Absent() -> true;
      case Shown.Present(String notifId) -> !identity.notifId().equals(notifId);
      case Shown.Unknown _, Shown.Unsupported _ -> false;
    };
  }

  /**
   * The core has given {@code appSessionId} to the binding {@code bindingRef}. A core that counts
   * its app sessions begins anew when it restarts (Open5GS): whoever had that id has nothing there
   * any longer, and must never delete by it.
   */
  void given(String appSessionId, String bindingRef) {
    String former = table.refOfResource(appSessionId);
    Binding holder = former == null ? null : table.find(former);
    if (holder != null && !holder.identity().bindingRef().equals(bindingRef)) {
      dropped(holder);
    }
  }

  /** The core has it no longer and has not said so: its consumer may ask for it again. */
  void dropped(Binding binding) {
    String ref = binding.identity().bindingRef();
    Instant now = shop.clock().instant();
    table.exclusively(
        ref,
        () -> {
          if (binding.equals(table.find(ref))) {
            table.change(new Binding.Ended(binding.identity(), Binding.DROPPED_BY_CORE, now));
            shop.deadlines().add(now.plus(shop.limits().endedKept()), ref);
            shop.observer().ended(ref, Binding.DROPPED_BY_CORE);
          }
          return null;
        });
  }
}

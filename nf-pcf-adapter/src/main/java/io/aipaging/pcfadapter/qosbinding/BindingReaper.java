package io.aipaging.pcfadapter.qosbinding;

import java.time.Instant;

/** Ends what has run out, repeats failed deletions, forgets what is long gone. */
final class BindingReaper {
  private static final int PER_SWEEP_MAX = 1_000;

  private final Workshop shop;
  private final BindingTable table;
  private final Deletion deletion;

  BindingReaper(Workshop shop, Deletion deletion) {
    this.shop = shop;
    this.table = shop.table();
    this.deletion = deletion;
  }

  /** Takes over the journal's bindings: nothing that was made is left unconfirmed. */
  void recover(Iterable<Binding> journaled) {
    Instant now = shop.clock().instant();
    for (Binding binding : journaled) {
      BindingIdentity identity = binding.identity();
      String ref = identity.bindingRef();
      switch (binding) {
        case Binding.Creating _ -> {
          table.restore(new Binding.Lost(identity, now));
          shop.deadlines().add(now.plus(shop.limits().lostKept()), ref);
          shop.observer().lost(ref, "the adapter stopped before the core answered");
        }
        case Binding.Held held -> {
          table.restore(held); // its hold goes on: whoever asked for it may still confirm it
          shop.deadlines().add(held.holdExpiresAt(), ref);
        }
        case Binding.Ending ending -> {
          table.restore(ending);
          shop.deadlines().add(now, ref);
        }
        case Binding.Confirmed confirmed -> {
          table.restore(confirmed);
          shop.deadlines().add(confirmed.expiresAt().plus(shop.limits().expiredGrace()), ref);
        }
        case Binding.Lost lost -> {
          table.restore(lost);
          shop.deadlines().add(lost.since().plus(shop.limits().lostKept()), ref);
        }
        case Binding.Ended _ -> {}
      }
    }
  }

  /** Looks at every binding whose time has come. */
  void sweep() {
    Instant now = shop.clock().instant();
    for (String ref : shop.deadlines().due(now, PER_SWEEP_MAX)) {
      table.exclusively(
          ref,
          () -> {
            look(ref, now);
            return null;
          });
    }
  }

  private void look(String ref, Instant now) {
    switch (table.find(ref)) {
      case null -> {}
      case Binding.Creating _ -> {}
      case Binding.Held held when !now.isBefore(held.holdExpiresAt()) ->
          end(new Binding.Ending(held.identity(), held.appSessionId(), "HOLD_EXPIRED", 0));
      case Binding.Confirmed confirmed
          when !now.isBefore(confirmed.expiresAt().plus(shop.limits().expiredGrace())) ->
          end(new Binding.Ending(confirmed.identity(), confirmed.appSessionId(), "EXPIRED", 0));
      case Binding.Ending ending -> deletion.attemptInBackground(ending);
      case Binding.Lost lost when !now.isBefore(lost.since().plus(shop.limits().lostKept())) -> {
        table.remove(ref);
        shop.observer().ended(ref, "LOST_AND_FORGOTTEN");
      }
      case Binding.Ended ended when !now.isBefore(ended.since().plus(shop.limits().endedKept())) ->
          table.remove(ref);
      case Binding.Held _, Binding.Confirmed _, Binding.Lost _, Binding.Ended _ -> {}
    }
  }

  private void end(Binding.Ending ending) {
    table.change(ending);
    deletion.attemptInBackground(ending);
  }
}

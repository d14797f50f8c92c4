package io.aipaging.pcfadapter.qosbinding;

import org.jspecify.annotations.Nullable;

/** Ends bindings whose app session the core has ended, and tells of it. */
final class Termination {
  private final BindingTable table;
  private final Deletion deletion;
  private final BindingObserver observer;

  Termination(BindingTable table, Deletion deletion, BindingObserver observer) {
    this.table = table;
    this.deletion = deletion;
    this.observer = observer;
  }

  /** Ends the binding meant; false when there is none, or it is ending already. */
  boolean of(String notifId, @Nullable String named, String cause) {
    String ref = table.refOf(notifId);
    if (ref == null) {
      return false;
    }
    boolean ended =
        table.exclusively(ref, () -> end(ref, named, Binding.NETWORK_TERMINATED + cause));
    if (ended) {
      observer.toldByCore(ref, CoreWord.TERMINATED, cause);
    }
    return ended;
  }

  /** A lost create is resolved here: the core has named its resource at last. */
  private boolean end(String ref, @Nullable String named, String reason) {
    return switch (table.find(ref)) {
      case Binding.Creating creating -> {
        table.change(creating.ending(reason));
        yield true;
      }
      case Binding.Held held when isOrUnnamed(held.appSessionId(), named) ->
          delete(held.identity(), held.appSessionId(), reason);
      case Binding.Confirmed confirmed when isOrUnnamed(confirmed.appSessionId(), named) ->
          delete(confirmed.identity(), confirmed.appSessionId(), reason);
      case Binding.Lost lost when named != null -> delete(lost.identity(), named, reason);
      case null, default -> false;
    };
  }

  private boolean delete(BindingIdentity identity, String appSessionId, String reason) {
    Binding.Ending ending = new Binding.Ending(identity, appSessionId, reason, 0);
    table.change(ending);
    deletion.attemptInBackground(ending);
    return true;
  }

  private static boolean isOrUnnamed(String appSessionId, @Nullable String named) {
    return named == null || named.equals(appSessionId);
  }
}

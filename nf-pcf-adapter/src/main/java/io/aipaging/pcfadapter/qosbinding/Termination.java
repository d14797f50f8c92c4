package io.aipaging.pcfadapter.qosbinding;

import org.jspecify.annotations.Nullable;

/** Ends bindings whose app session the core has ended, and tells of it. */
final class Termination {
  private final BindingTable table;
  private final PolicyAuthorization core;
  private final Deletion deletion;
  private final BindingObserver observer;

  Termination(Workshop shop, Deletion deletion) {
    this.table = shop.table();
    this.core = shop.core();
    this.deletion = deletion;
    this.observer = shop.observer();
  }

  /** Ends the binding meant; false when there is none, or it is ending already. */
  boolean of(String notifId, @Nullable String resUri, String cause) {
    String ref = table.refOf(notifId);
    if (ref == null) {
      return false;
    }
    boolean ended =
        table.exclusively(ref, () -> end(ref, resUri, Binding.NETWORK_TERMINATED + cause));
    if (ended) {
      observer.toldByCore(ref, CoreWord.TERMINATED, cause);
    }
    return ended;
  }

  /** A lost create is resolved here: the core has named its resource at last. */
  private boolean end(String ref, @Nullable String resUri, String reason) {
    return switch (table.find(ref)) {
      case Binding.Creating creating -> {
        table.change(creating.ending(reason));
        yield true;
      }
      case Binding.Held held when isMeant(held.appSessionId(), resUri) ->
          delete(held.identity(), held.appSessionId(), reason);
      case Binding.Confirmed confirmed when isMeant(confirmed.appSessionId(), resUri) ->
          delete(confirmed.identity(), confirmed.appSessionId(), reason);
      case Binding.Lost lost -> {
        String named = resUri == null ? null : core.named(resUri);
        yield named != null && delete(lost.identity(), named, reason);
      }
      case null, default -> false;
    };
  }

  private boolean delete(BindingIdentity identity, String appSessionId, String reason) {
    Binding.Ending ending = new Binding.Ending(identity, appSessionId, reason, 0);
    table.change(ending);
    deletion.attemptInBackground(ending);
    return true;
  }

  private boolean isMeant(String appSessionId, @Nullable String resUri) {
    return resUri == null || core.isNamed(appSessionId, resUri);
  }
}

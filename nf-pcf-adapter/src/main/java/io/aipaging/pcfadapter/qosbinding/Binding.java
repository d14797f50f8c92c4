package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.qosbinding.QosBinding;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The states of a binding; each carries only what is true in it. */
public sealed interface Binding {
  /** Reason of a binding that the core no longer shows, without having said so. */
  String DROPPED_BY_CORE = "DROPPED_BY_CORE";

  /** Beginning of the reason of a binding that the core ended; its cause follows. */
  String NETWORK_TERMINATED = "NETWORK_TERMINATED:";

  /** What never changes. */
  BindingIdentity identity();

  /** The core's resource that belongs to the binding; null where there is none that is known. */
  default @Nullable String resource() {
    return switch (this) {
      case Held held -> held.appSessionId();
      case Confirmed confirmed -> confirmed.appSessionId();
      case Ending ending -> ending.appSessionId();
      case Creating _, Lost _, Ended _ -> null;
    };
  }

  /** Until when it serves a session, or may begin to; null where it does neither. */
  default @Nullable Instant servedUntil() {
    return switch (this) {
      case Held held -> held.holdExpiresAt();
      case Confirmed confirmed -> confirmed.expiresAt();
      case Creating _, Ending _, Lost _, Ended _ -> null;
    };
  }

  /**
   * The create is queued or on its way.
   *
   * @param identity what never changes
   * @param answer completed when the core has answered or the create was given up
   * @param endWanted why the binding is to end as soon as it exists, or null
   */
  record Creating(
      BindingIdentity identity, CompletableFuture<QosBinding> answer, @Nullable String endWanted)
      implements Binding {
    Creating ending(String reason) {
      return new Creating(identity, answer, reason);
    }
  }

  /**
   * The core accepted; deleted at {@code holdExpiresAt} unless confirmed before.
   *
   * @param identity what never changes
   * @param appSessionId resource of the core
   * @param holdExpiresAt end of the hold
   */
  record Held(BindingIdentity identity, String appSessionId, Instant holdExpiresAt)
      implements Binding {}

  /**
   * Serves a session until {@code expiresAt}.
   *
   * @param identity what never changes
   * @param appSessionId resource of the core
   * @param expiresAt end of the session it serves
   */
  record Confirmed(BindingIdentity identity, String appSessionId, Instant expiresAt)
      implements Binding {}

  /**
   * Being deleted at the core, tried until the core has let go.
   *
   * @param identity what never changes
   * @param appSessionId resource of the core
   * @param reason why
   * @param attempts failed so far
   */
  record Ending(BindingIdentity identity, String appSessionId, String reason, int attempts)
      implements Binding {
    Ending failedOnceMore() {
      return new Ending(identity, appSessionId, reason, attempts + 1);
    }
  }

  /**
   * The create's answer was lost: the core may hold a resource whose name nobody knows. Never
   * created again under this reference; resolved when the core names it.
   *
   * @param identity what never changes
   * @param since when the answer was given up
   */
  record Lost(BindingIdentity identity, Instant since) implements Binding {}

  /**
   * Gone at the core; remembered a while so that late repeats and callbacks find it.
   *
   * @param identity what never changes
   * @param reason why
   * @param since when
   */
  record Ended(BindingIdentity identity, String reason, Instant since) implements Binding {
    /** Whether the core dropped it and the same is asked for again. */
    boolean makesWayFor(BindingIdentity wanted) {
      return reason.equals(DROPPED_BY_CORE)
          && identity.contentDigest().equals(wanted.contentDigest());
    }
  }
}

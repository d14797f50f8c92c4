package io.aipaging.aipf.ending;

import io.aipaging.aipf.lease.Effect;
import io.aipaging.openapi.Refusal;

/** What a refused removal leaves behind (L1.6: nothing leaks). */
final class Removal {
  private Removal() {}

  /**
   * Whether the refusal says that there is nothing left to remove. Any other is tried again: a peer
   * that does not know the operation, or is somebody else altogether, may still hold it.
   */
  static boolean needless(Effect effect, Refusal refusal) {
    return switch (effect) {
      // Its fence is at a newer COMMIT of that lease, and after an end the rows have signed only
      // ends. A newer serve there means that the store lost what it acknowledged; that no end of
      // the row can stop it, and the reconciler ends it with a generation above it.
      case Effect.ApplyAtGate _, Effect.ApplyAtAnchor _ ->
          refusal.problemCause().equals("STALE_GENERATION");
      // The slot is a lease's now, and that lease's row answers for it.
      case Effect.ReleaseHold _ -> refusal.problemCause().equals("HOLD_POSTED");
      case Effect.DeleteQos _ -> refusal.problemCause().equals("BINDING_NOT_FOUND");
      case Effect.ConfirmQos _ -> false;
    };
  }
}

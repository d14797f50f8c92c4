package io.aipaging.smfadapter.steering;

import io.aipaging.openapi.Call;

/**
 * Whether the clock of a request's sender is near enough to ours for a grant (lease-protocol §6).
 */
@FunctionalInterface
public interface SenderCheck {
  /** For wirings without sender timestamps: the COMMIT's own {@code iat} is judged all the same. */
  SenderCheck NONE = call -> true;

  /** False when the sender's timestamp differs from our clock by more than the skew bound. */
  boolean isNear(Call call);
}

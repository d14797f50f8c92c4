package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Commit;
import io.aipaging.smfadapter.steering.GateClock.Reading;
import java.time.Duration;

/**
 * A COMMIT whose signature, addressee and times were checked.
 *
 * @param commit its content
 * @param sha256 SHA-256 of its compact serialization, hexadecimal
 * @param receivedAt when it arrived, by both clocks
 */
record BelievedCommit(Commit commit, String sha256, Reading receivedAt) {

  /**
   * When the gate has to stop: {@code exp_ms} less the margin, counted from receipt, and never
   * further away than the COMMIT was made for (lease-protocol §6).
   */
  long deadlineNanos(Duration skewMargin) {
    Duration left = Duration.between(receivedAt.wall(), commit.expiresAt()).minus(skewMargin);
    Duration longest = Duration.between(commit.issuedAt(), commit.expiresAt());
    Duration granted = left.compareTo(longest) < 0 ? left : longest;
    return receivedAt.nanos() + granted.toNanos();
  }
}

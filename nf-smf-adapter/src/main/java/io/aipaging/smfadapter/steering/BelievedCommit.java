package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Commit;

/**
 * A COMMIT whose signature, addressee and times were checked.
 *
 * @param commit its content
 * @param sha256 SHA-256 of its compact serialization, hexadecimal
 * @param deadlineNanos steady time at which the gate has to stop, from when it arrived on
 *     (lease-protocol §6)
 */
record BelievedCommit(Commit commit, String sha256, long deadlineNanos) {}

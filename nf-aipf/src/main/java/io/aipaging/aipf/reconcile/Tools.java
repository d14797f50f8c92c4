package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * What reconciling works with.
 *
 * @param store rows
 * @param leases moves sessions
 * @param issuer signs the ends of orphans
 * @param enforcement asks peers
 * @param ends ends sessions
 * @param relocation moves sessions off an anchor that lost them
 * @param ownership whose sessions this process looks after
 * @param terms the times leases live by
 * @param effectTime longest wait for one answer
 */
public record Tools(
    LeaseStore store,
    Leases leases,
    CommitIssuer issuer,
    Enforcement enforcement,
    EndProcedure ends,
    RelocationProcedure relocation,
    Ownership ownership,
    LeaseTerms terms,
    Duration effectTime) {

  /**
   * Asks a peer; a peer that does not answer in time refuses with 504.
   *
   * @param question asked with the time until which its answer is waited for
   */
  <T> T ask(Function<Instant, T> question) {
    Instant until = leases.now().plus(effectTime);
    return enforcement.start(() -> question.apply(until)).join(effectTime);
  }

  /** Carries an effect out. */
  void perform(Effect effect) {
    var _ =
        ask(
            until -> {
              enforcement.perform(effect, until);
              return effect;
            });
  }

  /** Whether the peer itself is away or overloaded: asking it more makes no sense now. */
  static boolean away(Refusal refusal) {
    return switch (refusal.problemCause()) {
      case "TARGET_NF_NOT_REACHABLE", "TIMED_OUT_REQUEST", "NF_CONGESTION" -> true;
      default -> false;
    };
  }
}

package io.aipaging.cli.session;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.Revocation;
import io.aipaging.openapi.paging.RevokeSessions;
import java.util.function.Supplier;

/** Repeats a revocation until every session was looked at, or nothing moves any more. */
final class Revoking {
  private final NaipfPaging aipf;
  private final Supplier<Call> calls;

  /**
   * A revocation over one connection.
   *
   * @param calls one for every round, with its deadline
   */
  Revoking(NaipfPaging aipf, Supplier<Call> calls) {
    this.aipf = aipf;
    this.calls = calls;
  }

  /**
   * Takes sessions away.
   *
   * @return what all rounds together found and ended, and what the last one saw still ENDING. A
   *     session that one round left ENDING and that ended before the next is in neither.
   */
  Revocation run(RevokeSessions request) {
    Revocation answer = aipf.revokeSessions(calls.get(), request);
    int ended = answer.ended();
    boolean moves = true;
    while (!answer.complete() && moves) {
      Revocation next = aipf.revokeSessions(calls.get(), request);
      moves = next.ended() > 0 || next.ending() != answer.ending();
      ended += next.ended();
      answer = next;
    }
    return new Revocation(ended + answer.ending(), ended, answer.ending(), answer.complete());
  }
}

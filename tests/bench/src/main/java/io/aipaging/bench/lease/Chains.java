package io.aipaging.bench.lease;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Ready-made renewals, one after the other for each of some sessions, so that a store is measured
 * and not what makes its transitions. Many stores can take the same ones.
 */
final class Chains {
  static final int SESSIONS = 1_000;
  private static final int PAGE_STEPS = 3;
  private final List<List<Transition>> lives = new ArrayList<>(SESSIONS);

  /** Chains of {@code renewals} each. */
  Chains(Seeds seeds, int renewals) {
    Instant now = Instant.now();
    Instant end = Instant.ofEpochMilli(now.plus(Duration.ofDays(365)).toEpochMilli());
    for (int number = 0; number < SESSIONS; number++) {
      List<Transition> life = new ArrayList<>(seeds.page(number, now, end));
      for (int i = 0; i < renewals; i++) {
        Session session = life.getLast().after();
        life.add(seeds.renewal(session, seeds.renewed(session, now), now));
      }
      lives.add(List.copyOf(life));
    }
  }

  /** The life of the n-th session, from its page on. */
  List<Transition> life(int number) {
    return lives.get(number);
  }

  /** Begins all sessions in {@code store}. */
  void begin(LeaseStore store) {
    append(store, 0, PAGE_STEPS);
  }

  /** Appends renewals {@code first} to {@code first + steps - 1} of every session. */
  Cost renew(LeaseStore store, int first, int steps) {
    return Cost.of(() -> append(store, PAGE_STEPS + first, steps));
  }

  /** A session's appends are one caller's, one after the other. */
  private long append(LeaseStore store, int first, int steps) {
    var _ =
        Crowd.doing(
            SESSIONS,
            StorePart.AT_ONCE,
            number -> {
              for (Transition next : lives.get((int) number).subList(first, first + steps)) {
                if (!(store.append(next) instanceof AppendResult.Appended)) {
                  throw new IllegalStateException("a session is not where it should be");
                }
              }
            });
    return (long) SESSIONS * steps;
  }
}

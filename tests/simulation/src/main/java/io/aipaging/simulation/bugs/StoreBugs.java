package io.aipaging.simulation.bugs;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.simulation.variant.Variant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bugs of how the AIPF uses its store. */
final class StoreBugs {
  private StoreBugs() {}

  /** Whoever writes last wins, whatever has happened in between. */
  static final class CompareAndSetIgnored extends Variant {
    @Override
    public LeaseStore store(LeaseStore real) {
      return new Stores(real) {
        @Override
        public AppendResult append(Transition transition) {
          AppendResult result = real.append(transition);
          return result instanceof AppendResult.Stale(Session current) && current != null
              ? real.append(onTopOf(current, transition))
              : result;
        }
      };
    }

    private static Transition onTopOf(Session current, Transition late) {
      Session after = late.after();
      Session forced =
          new Session(
              after.facts(),
              current.version() + 1,
              after.gen(),
              after.expiresAt(),
              after.qos(),
              after.residence(),
              after.token(),
              after.state());
      return new Transition(current, forced, late.evidence(), late.effects());
    }
  }

  /** Only the life that wrote an idempotency key knows it. */
  static final class KeysForgotten extends Variant {
    @Override
    public LeaseStore store(LeaseStore real) {
      Set<String> own = new HashSet<>();
      return new Stores(real) {
        @Override
        public AppendResult append(Transition transition) {
          String key = transition.after().facts().origin().idempotencyKey();
          if (transition.before() == null && key != null) {
            own.add(key);
          }
          return switch (real.append(transition)) {
            case AppendResult.KeyInUse _ -> real.append(withoutKey(transition));
            case AppendResult other -> other;
          };
        }

        @Override
        public Optional<Session> findByKey(String consumer, String key) {
          return own.contains(key) ? real.findByKey(consumer, key) : Optional.empty();
        }
      };
    }

    private static Transition withoutKey(Transition transition) {
      Session after = transition.after();
      SessionFacts facts = after.facts();
      SessionFacts.Origin origin = facts.origin();
      Session keyless =
          new Session(
              new SessionFacts(
                  facts.id(),
                  new SessionFacts.Origin(
                      origin.consumer(), null, origin.requestSha256(), origin.afId()),
                  facts.subscriber(),
                  facts.service(),
                  facts.client(),
                  facts.bindingRef(),
                  facts.subject(),
                  facts.createdAt(),
                  facts.expiresAtMax()),
              after.version(),
              after.gen(),
              after.expiresAt(),
              after.qos(),
              after.residence(),
              after.token(),
              after.state());
      return new Transition(
          transition.before(), keyless, transition.evidence(), transition.effects());
    }
  }

  /** A new life does not look for what earlier ones left unfinished. */
  static final class UnfinishedIgnored extends Variant {
    @Override
    public LeaseStore store(LeaseStore real) {
      return new Stores(real) {
        @Override
        public SessionPage list(SessionQuery query, int limit, @Nullable String token) {
          return query.unfinished() == null
              ? real.list(query, limit, token)
              : new SessionPage(List.of(), null);
        }
      };
    }
  }
}

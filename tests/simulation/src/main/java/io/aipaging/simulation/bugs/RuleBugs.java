package io.aipaging.simulation.bugs;

import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.LeaseRules;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TokenSigning;
import io.aipaging.simulation.variant.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Bugs of what the AIPF decides. */
final class RuleBugs {
  private RuleBugs() {}

  /** Every session that ends is taken for one whose enforcers have stopped by themselves. */
  static final class EndedTakenForOver extends Variant {
    @Override
    public LeaseRules rules(LeaseRules real) {
      return new Machines(real) {
        @Override
        public List<Effect> owed(Session session, Instant now) {
          return real.owed(session, now.plus(Duration.ofHours(1)));
        }
      };
    }
  }

  /** The COMMIT of an old anchor that drains is valid for longer than the lease it drains. */
  static final class DrainTooLong extends Variant {
    private static final long MILLIS = 9_000;

    @Override
    public TokenSigning signing(TokenSigning real) {
      return type -> {
        TokenSigning.Signer signer = real.forType(type);
        return payload ->
            signer.sign(Forgery.is(payload, "drain") ? Forgery.longer(payload, MILLIS) : payload);
      };
    }
  }

  /** Nobody sets the alarm of a session that has become active. */
  static final class NeverLookedAfter extends Variant {
    @Override
    public Leases.Watcher watcher(Leases.Watcher real) {
      return new Leases.Watcher() {
        @Override
        public void moved(Transition transition) {
          if (!transition.evidence().type().equals("SESSION_ACTIVE")) {
            real.moved(transition);
          }
        }

        @Override
        public void uncertain(SessionId session) {
          real.uncertain(session);
        }
      };
    }
  }

  /** Every replica takes all sessions for its own, and every other replica for dead. */
  static final class TwoSweepers extends Variant {
    @Override
    public Ownership ownership(Ownership real) {
      return new Ownership() {
        @Override
        public String runner() {
          return real.runner();
        }

        @Override
        public boolean alive(String other) {
          return other.equals(real.runner());
        }

        @Override
        public Set<Shard> owned() {
          return Shard.all();
        }

        @Override
        public void listen(Listener listener) {
          real.listen(listener);
        }
      };
    }
  }

  /** What enforcers and core hold is never compared with the rows. */
  static final class OrphanSweepOff extends Variant {
    @Override
    public boolean reconciles() {
      return false;
    }
  }
}

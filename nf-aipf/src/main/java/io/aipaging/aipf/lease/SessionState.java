package io.aipaging.aipf.lease;

import io.aipaging.protocol.LeaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State of a session (lease-protocol §4). Every state carries only what is true in it. */
public sealed interface SessionState {
  /** The state's name on the wire and in evidence. */
  String name();

  /** Leases an enforcer may act on, newest first; at most two. */
  List<Lease.Live> live();

  /** Leases that ended and whose enforcers have not all confirmed it. */
  List<Lease.Ended> removing();

  /**
   * Its page is under way.
   *
   * @param deadline when the page must be finished
   * @param runner who runs it, see {@link Ownership#runner}
   * @param lease what was committed, or null before
   */
  record Preparing(Instant deadline, String runner, Lease.@Nullable Committed lease)
      implements SessionState {
    @Override
    public String name() {
      return "PREPARING";
    }

    @Override
    public List<Lease.Live> live() {
      return lease == null ? List.of() : List.of(lease);
    }

    @Override
    public List<Lease.Ended> removing() {
      return List.of();
    }
  }

  /**
   * Steered to a usable anchor.
   *
   * @param serving takes all new flows
   * @param draining keeps the flows from before the last move, or null
   * @param removing see {@link SessionState#removing}
   */
  record Active(
      Lease.Serving serving, Lease.@Nullable Draining draining, List<Lease.Ended> removing)
      implements SessionState {
    public Active {
      removing = List.copyOf(removing);
    }

    @Override
    public String name() {
      return "ACTIVE";
    }

    @Override
    public List<Lease.Live> live() {
      return draining == null ? List.of(serving) : List.of(serving, draining);
    }
  }

  /**
   * On its way to another anchor, or back.
   *
   * @param errand why and by whom it is moved
   * @param move how far it is
   * @param removing see {@link SessionState#removing}
   */
  record Relocating(Errand errand, Move move, List<Lease.Ended> removing) implements SessionState {
    public Relocating {
      removing = List.copyOf(removing);
    }

    /** Whether it stays on its old path until the core says that it has changed it. */
    public boolean awaitsCore() {
      return errand.awaitsCore()
          && (move instanceof Move.Decided || move instanceof Move.TargetCommitted);
    }

    @Override
    public String name() {
      return "RELOCATING";
    }

    @Override
    public List<Lease.Live> live() {
      return move.live();
    }
  }

  /**
   * Its {@code end} is durable and its network state is being removed.
   *
   * @param cause why
   * @param outcome terminal state it will reach
   * @param end its {@code end} of scope {@code session}; null when no COMMIT was ever signed
   * @param leases what has to go
   * @param holds slots asked for that never became leases
   * @param since when it began
   * @param runner who began to remove it, see {@link Ownership#runner}
   */
  record Ending(
      EndCause cause,
      EndReason.Outcome outcome,
      @Nullable SignedCommit end,
      List<Lease.Ended> leases,
      List<HoldAttempt> holds,
      Instant since,
      String runner)
      implements SessionState {
    public Ending {
      leases = List.copyOf(leases);
      holds = List.copyOf(holds);
    }

    @Override
    public String name() {
      return "ENDING";
    }

    @Override
    public List<Lease.Live> live() {
      return List.of();
    }

    @Override
    public List<Lease.Ended> removing() {
      return leases;
    }
  }

  /** Over; kept to be read for a while. */
  sealed interface Terminal extends SessionState {
    /** Why. */
    EndCause cause();

    /** When. */
    Instant endedAt();

    /** The lease that ended last, or null if it never had one. */
    Lease.@Nullable Ended last();

    @Override
    default List<Lease.Live> live() {
      return List.of();
    }

    @Override
    default List<Lease.Ended> removing() {
      return List.of();
    }
  }

  /** Given back by its client. */
  record Released(EndCause cause, Instant endedAt, Lease.@Nullable Ended last) implements Terminal {
    @Override
    public String name() {
      return "RELEASED";
    }
  }

  /** Taken away. */
  record Revoked(EndCause cause, Instant endedAt, Lease.@Nullable Ended last) implements Terminal {
    @Override
    public String name() {
      return "REVOKED";
    }
  }

  /** Run out. */
  record Expired(EndCause cause, Instant endedAt, Lease.@Nullable Ended last) implements Terminal {
    @Override
    public String name() {
      return "EXPIRED";
    }
  }

  /** Never became active. */
  record Rejected(EndCause cause, Instant endedAt, Lease.@Nullable Ended last) implements Terminal {
    @Override
    public String name() {
      return "REJECTED";
    }
  }

  /**
   * A slot that was asked for.
   *
   * @param lease for which lease
   * @param anchor where
   */
  record HoldAttempt(LeaseId lease, LeaseAnchor anchor) {}

  /**
   * Why and by whom a session is moved.
   *
   * @param trigger why
   * @param runner who moves it, see {@link Ownership#runner}
   * @param deadline when the move must be done or undone
   * @param awaitsCore whether the target is only made ready: new flows go there when the core says
   *     that it has changed its path, whoever hears it, and until {@code deadline} at the latest
   */
  record Errand(String trigger, String runner, Instant deadline, boolean awaitsCore) {}

  /** How far a relocation is. */
  sealed interface Move {
    /** Leases an enforcer may act on, newest first. */
    List<Lease.Live> live();

    /**
     * Decided; a slot is being asked for.
     *
     * @param old carries everything
     */
    record Decided(Lease.Serving old) implements Move {
      @Override
      public List<Lease.Live> live() {
        return List.of(old);
      }
    }

    /**
     * The target's COMMIT is durable; nothing is switched.
     *
     * @param old still carries everything
     * @param target will
     */
    record TargetCommitted(Lease.Serving old, Lease.Committed target) implements Move {
      @Override
      public List<Lease.Live> live() {
        return List.of(target, old);
      }
    }

    /**
     * New flows go to the target; whether it is usable is being probed.
     *
     * @param old keeps its flows
     * @param target takes the new ones
     */
    record Switched(Lease.Draining old, Lease.Committed target) implements Move {
      @Override
      public List<Lease.Live> live() {
        return List.of(target, old);
      }
    }

    /**
     * The move is being undone after the switch.
     *
     * @param old has a new {@code serve}
     * @param cause why
     */
    record SwitchedBack(Lease.Committed old, String cause) implements Move {
      @Override
      public List<Lease.Live> live() {
        return List.of(old);
      }
    }
  }

  /** {@code list} and one more. */
  static <T> List<T> with(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return List.copyOf(longer);
  }
}

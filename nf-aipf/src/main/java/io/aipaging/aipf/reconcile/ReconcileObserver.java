package io.aipaging.aipf.reconcile;

import java.time.Duration;

/** Told what an operator wants to see of reconciling; must return soon. */
public interface ReconcileObserver {
  /** How a comparison ended. */
  enum Ending {
    /** All of it was compared. */
    DONE,
    /** The peer does not answer. */
    UNREACHABLE,
    /** The store cannot be used, or something else was wrong here. */
    FAILED
  }

  /** A comparison is over. */
  void compared(Peer peer, Ending ending, Duration took);

  /** Something that belongs to no session was taken away. */
  void orphan(Peer.Kind kind);

  /** Something that a session had lost was given back. */
  void reinstalled(Peer.Kind kind);

  /** The unfinished sessions this process looks after. */
  void counted(Census census);
}

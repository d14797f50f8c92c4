package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.NotAppended;

/** A step of a move did not succeed. */
final class MoveFailed extends Exception {
  private static final long serialVersionUID = 1L;
  private final String cause;
  private final boolean overtaken;

  MoveFailed(String cause) {
    this(cause, false);
  }

  MoveFailed(NotAppended refused) {
    this(refused.problemCause(), refused.stale());
  }

  private MoveFailed(String cause, boolean overtaken) {
    super(cause, null, false, false);
    this.cause = cause;
    this.overtaken = overtaken;
  }

  /** The session is somebody else's move by now, or none. */
  static MoveFailed byOther() {
    return new MoveFailed("INCOMPATIBLE_STATE", true);
  }

  String problemCause() {
    return cause;
  }

  /** Somebody else moved the session on: there is nothing to undo here. */
  boolean overtaken() {
    return overtaken;
  }
}

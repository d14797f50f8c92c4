package io.aipaging.aipf.relocation;

/** A step of a relocation did not succeed; the move is undone from where it is. */
final class MoveFailed extends Exception {
  private static final long serialVersionUID = 1L;

  MoveFailed(String cause) {
    super(cause, null, false, false);
  }

  String problemCause() {
    return String.valueOf(getMessage());
  }
}

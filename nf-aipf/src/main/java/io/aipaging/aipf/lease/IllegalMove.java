package io.aipaging.aipf.lease;

/** Carries a refusal from a rule to {@link LeaseMachine#decide}; never leaves the machine. */
final class IllegalMove extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IllegalMove(String cause) {
    super(cause, null, false, false);
  }

  String problemCause() {
    return String.valueOf(getMessage());
  }

  static void unless(boolean condition, String cause) {
    if (!condition) {
      throw new IllegalMove(cause);
    }
  }
}

package io.aipaging.cli.demo;

/** The story did not go as promised; the message says what was expected and what happened. */
final class DemoFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoFailed(String message) {
    super(message);
  }

  static void unless(boolean condition, String message) {
    if (!condition) {
      throw new DemoFailed(message);
    }
  }
}

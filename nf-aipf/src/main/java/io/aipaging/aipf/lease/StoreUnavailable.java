package io.aipaging.aipf.lease;

/**
 * The store cannot be used now. What was asked for may or may not have become durable: who asked
 * treats it as not done and reads again when the store is back. Its message names no session and no
 * subscriber.
 */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause worth keeping. */
  public StoreUnavailable(String message) {
    super(message);
  }

  /** With what the driver said. */
  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}

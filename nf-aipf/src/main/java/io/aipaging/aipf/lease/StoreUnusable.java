package io.aipaging.aipf.lease;

/** A store that must not be opened as it is; the message says why and what to do. */
public final class StoreUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for whoever starts the AIPF. */
  public StoreUnusable(String message) {
    super(message);
  }

  /** With what the driver said. */
  public StoreUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}

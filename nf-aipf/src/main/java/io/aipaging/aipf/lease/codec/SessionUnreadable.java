package io.aipaging.aipf.lease.codec;

/** Bytes that are not a session of a form this program knows; the message repeats none of them. */
public final class SessionUnreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SessionUnreadable(String message) {
    super(message);
  }

  SessionUnreadable(String message, Throwable cause) {
    super(message, cause);
  }
}

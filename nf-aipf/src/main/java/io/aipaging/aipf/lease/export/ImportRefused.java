package io.aipaging.aipf.lease.export;

/** A file that is no whole export; nothing of it was imported. */
public final class ImportRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ImportRefused(String message) {
    super(message);
  }

  ImportRefused(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.aipaging.cli.image;

import java.io.IOException;

/** An image cannot be built here; the message says why, for people. */
final class ImageFailed extends IOException {
  private static final long serialVersionUID = 1L;

  ImageFailed(String message) {
    super(message);
  }

  ImageFailed(String message, Throwable cause) {
    super(message, cause);
  }
}

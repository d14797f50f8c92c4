package io.aipaging.aipf.lease;

import java.security.SecureRandom;
import java.util.Base64;

/** Where ids come from. */
@FunctionalInterface
public interface Ids {
  /**
   * An id nobody had before and nobody can guess: 8 to 64 of {@code [A-Za-z0-9_-]}, not beginning
   * with {@code -}, which commands take for an option.
   */
  String next();

  /** Nearly 128 random bits each. */
  static Ids random() {
    SecureRandom random = new SecureRandom();
    return () -> {
      String id;
      do {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      } while (id.startsWith("-"));
      return id;
    };
  }
}

package io.aipaging.cli.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What one check has found.
 *
 * @param check what was looked at
 * @param level how it is
 * @param seen what was seen
 * @param remedy what to do; null where nothing is
 */
record Finding(String check, Level level, String seen, @Nullable String remedy) {
  /** How something is. */
  enum Level {
    /** As it should be. */
    OK,
    /** It works, and may not always, or nobody can say. */
    DOUBTFUL,
    /** It does not work like this. */
    BAD
  }

  static Finding ok(String check, String seen) {
    return new Finding(check, Level.OK, seen, null);
  }

  static Finding doubtful(String check, String seen, String remedy) {
    return new Finding(check, Level.DOUBTFUL, seen, remedy);
  }

  static Finding bad(String check, String seen, String remedy) {
    return new Finding(check, Level.BAD, seen, remedy);
  }
}

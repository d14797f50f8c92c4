package io.aipaging.eval.startup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a JVM may find prepared when it starts. */
public enum StartMode {
  /** Nothing. */
  PLAIN,
  /** The Java runtime's own classes. */
  CDS,
  /** The classes, heap objects and profiles of an earlier run of the function. */
  AOT;

  /**
   * The JVM's options.
   *
   * @param cache the function's ahead-of-time cache; without it there is no {@link #AOT}
   */
  public List<String> options(Optional<String> cache) {
    return switch (this) {
      case PLAIN -> List.of("-Xshare:off");
      case CDS -> List.of("-Xshare:on");
      case AOT ->
          List.of(
              "-XX:AOTMode=on",
              "-XX:AOTCache="
                  + cache.orElseThrow(
                      () -> new IllegalArgumentException("no cache to start with")));
    };
  }

  /** As in results. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

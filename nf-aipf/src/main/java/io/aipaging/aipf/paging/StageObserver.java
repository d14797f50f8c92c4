package io.aipaging.aipf.paging;

import java.time.Duration;

/** Port: told how long each stage of a successful page took. Must return soon. */
@FunctionalInterface
public interface StageObserver {
  /** One stage of one page. */
  void took(Stage stage, Duration time);
}

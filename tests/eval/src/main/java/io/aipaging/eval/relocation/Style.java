package io.aipaging.eval.relocation;

import java.io.IOException;
import java.time.Duration;

/** How a session is moved. */
enum Style {
  MAKE_BEFORE_BREAK("make before break") {
    @Override
    void move(MovingSession session) throws IOException {
      session.makeBeforeBreak();
    }
  },
  BREAK_AT_ONCE("break, make at once") {
    @Override
    void move(MovingSession session) throws IOException, InterruptedException {
      session.breakBeforeMake(Duration.ZERO);
    }
  },
  BREAK_AND_WAIT("break, make after 100 ms") {
    @Override
    void move(MovingSession session) throws IOException, InterruptedException {
      session.breakBeforeMake(Duration.ofMillis(100));
    }
  };

  private final String title;

  Style(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract void move(MovingSession session) throws IOException, InterruptedException;
}

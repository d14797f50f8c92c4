package io.aipaging.aipf;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.strand.virtual.VirtualStrands;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BackgroundTest {
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final VirtualStrands strands = new VirtualStrands();
  private final Background background = new Background(strands, closing);
  private final Logger logger = (Logger) LoggerFactory.getLogger(Background.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void read() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void close() {
    logger.detachAppender(lines);
    closing.forEach(Runnable::run);
    strands.close();
  }

  @Test
  void workEndsSilentlyBeforeWhatItWorksWithIsClosed() throws InterruptedException {
    AtomicBoolean closed = new AtomicBoolean();
    AtomicBoolean outlived = new AtomicBoolean();
    CountDownLatch working = new CountDownLatch(1);
    closing.push(() -> closed.set(true));
    background.regularly(
        "test",
        Duration.ofMillis(1),
        () -> {
          working.countDown();
          strands.pause(Duration.ofMinutes(1));
          outlived.set(closesWithin(Duration.ofMillis(300), closed));
          throw new StoreUnavailable("interrupted");
        });
    assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
    assertThat(closed).isTrue();
    assertThat(outlived).isFalse();
    assertThat(lines.list).isEmpty();
  }

  private static boolean closesWithin(Duration time, AtomicBoolean closed) {
    long end = System.nanoTime() + time.toNanos();
    while (!closed.get() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return closed.get();
  }

  @Test
  void whatFailsOnceIsTriedAgainAndLogged() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch twice = new CountDownLatch(2);
    background.regularly(
        "test",
        Duration.ofMillis(1),
        () -> {
          twice.countDown();
          if (tries.incrementAndGet() == 1) {
            throw new StoreUnavailable("once");
          }
        });
    assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();
    closing.pop().run();
    assertThat(lines.list).hasSize(1);
  }
}

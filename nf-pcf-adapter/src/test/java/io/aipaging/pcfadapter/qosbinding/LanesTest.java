package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final Duration GAP = Duration.ofMillis(20);
  private Lanes lanes = lanes(new LaneLimits(GAP, 8, 4, 100));

  private static Lanes lanes(LaneLimits limits) {
    return new Lanes(limits, Thread::sleep, Thread.ofVirtual().factory());
  }

  @AfterEach
  void close() {
    lanes.close();
  }

  @Test
  void operationsOfOneLaneNeverOverlapAndKeepTheGap() throws InterruptedException {
    lanes.close();
    lanes = lanes(new LaneLimits(GAP, 8, 100, 1000));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    var inFlight = new ConcurrentHashMap<String, AtomicInteger>();
    var endedAt = new ConcurrentHashMap<String, Long>();
    List<String> faults = new CopyOnWriteArrayList<>();
    CountDownLatch done = new CountDownLatch(60);
    for (int i = 0; i < 60; i++) {
      String lane = "ue-" + random.nextInt(3);
      long work = random.nextInt(3_000_000);
      lanes.submit(
          lane,
          turn -> {
            AtomicInteger running = inFlight.computeIfAbsent(lane, l -> new AtomicInteger());
            if (running.incrementAndGet() != 1) {
              faults.add("overlap in " + lane);
            }
            Long before = endedAt.get(lane);
            if (before != null && System.nanoTime() - before < GAP.toNanos()) {
              faults.add("too soon in " + lane);
            }
            LockSupport.parkNanos(work);
            endedAt.put(lane, System.nanoTime());
            running.decrementAndGet();
            done.countDown();
          });
    }
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(faults).as("seed %d", seed).isEmpty();
  }

  @Test
  void aDroppedPlaceIsNeverRun() {
    CountDownLatch first = new CountDownLatch(1);
    List<String> ran = new CopyOnWriteArrayList<>();
    lanes.submit("ue", turn -> awaitQuietly(first));
    Lanes.Ticket dropped = lanes.submit("ue", turn -> ran.add("dropped"));
    lanes.submit("ue", turn -> ran.add("kept"));
    assertThat(dropped.drop()).isTrue();
    assertThat(dropped.drop()).isFalse();
    first.countDown();
    Eventually.holds("the kept one runs", () -> ran.contains("kept"));
    assertThat(ran).containsExactly("kept");
  }

  @Test
  void aFullLaneRefusesAndOtherLanesGoOn() {
    CountDownLatch first = new CountDownLatch(1);
    AtomicInteger others = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    lanes.submit(
        "ue",
        turn -> {
          begun.countDown();
          awaitQuietly(first);
        });
    awaitQuietly(begun);
    for (int i = 0; i < 4; i++) {
      lanes.submit("ue", turn -> {});
    }
    assertThatThrownBy(() -> lanes.submit("ue", turn -> {}))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(503);
              assertThat(refusal.problemCause()).isEqualTo("NF_CONGESTION");
              assertThat(refusal.retryAfter()).isNotNull();
            });
    lanes.submit("other", turn -> others.incrementAndGet());
    Eventually.holds("another lane runs", () -> others.get() == 1);
    first.countDown();
  }

  @Test
  void whatWaitsIsCountedAndItsWaitIsTold() {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    List<Duration> waits = new CopyOnWriteArrayList<>();
    try (Lanes measured =
        new Lanes(
            LaneLimits.defaults(),
            time -> {},
            Thread.ofVirtual().factory(),
            new Lanes.Watch(waits::add, work -> work))) {
      measured.submit(
          "ue",
          turn -> {
            begun.countDown();
            awaitQuietly(first);
          });
      awaitQuietly(begun);
      measured.submit("ue", turn -> {});
      assertThat(measured.queued()).isEqualTo(1);
      assertThat(measured.inFlight()).isEqualTo(1);
      first.countDown();
      Eventually.holds("both have run", () -> waits.size() == 2 && measured.inFlight() == 0);
      assertThat(measured.queued()).isZero();
      assertThat(waits.getLast()).isPositive();
    }
  }

  @Test
  void workThatThrowsDoesNotStopItsLane() {
    AtomicInteger ran = new AtomicInteger();
    Lanes quiet =
        new Lanes(
            new LaneLimits(Duration.ZERO, 1, 4, 4),
            time -> {},
            task -> {
              Thread thread = Thread.ofVirtual().unstarted(task);
              thread.setUncaughtExceptionHandler((t, e) -> ran.addAndGet(10));
              return thread;
            });
    quiet.submit(
        "ue",
        turn -> {
          throw new IllegalStateException("broken");
        });
    quiet.submit("ue", turn -> ran.incrementAndGet());
    Eventually.holds("the next one runs", () -> ran.get() == 11);
    quiet.close();
  }

  @Test
  void noMoreThanTheTotalAreInFlight() {
    lanes.close();
    lanes = lanes(new LaneLimits(Duration.ZERO, 2, 4, 100));
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 12; i++) {
      lanes.submit(
          "ue-" + i,
          turn -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            LockSupport.parkNanos(2_000_000);
            now.decrementAndGet();
            done.incrementAndGet();
          });
    }
    Eventually.holds("all ran", () -> done.get() == 12);
    assertThat(most.get()).isEqualTo(2);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

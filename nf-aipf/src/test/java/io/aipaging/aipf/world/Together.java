package io.aipaging.aipf.world;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many threads that begin at the same instant. */
public final class Together {
  private static final int SECONDS_MAX = 20;

  private Together() {}

  /** Runs {@code work} for 0 to {@code threads} - 1, all at once, and lets the keeper finish. */
  public static <T> List<T> run(int threads, IntFunction<T> work, World world) throws Exception {
    CountDownLatch ready = new CountDownLatch(threads);
    CountDownLatch go = new CountDownLatch(1);
    List<FutureTask<T>> tasks = new ArrayList<>();
    for (int number = 0; number < threads; number++) {
      int own = number;
      FutureTask<T> task =
          new FutureTask<>(
              () -> {
                ready.countDown();
                go.await();
                return work.apply(own);
              });
      tasks.add(task);
      Thread.ofPlatform().daemon().start(task);
    }
    ready.await();
    go.countDown();
    List<T> results = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      results.add(task.get(SECONDS_MAX, TimeUnit.SECONDS));
    }
    world.settle();
    return results;
  }
}

package io.aipaging.cli.image;

import io.aipaging.eval.startup.Start;
import io.aipaging.eval.startup.StartMode;
import io.aipaging.eval.startup.StartupResult;
import io.aipaging.sbi.process.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Starts functions again and again from what their images are made of, beside a set that runs, and
 * measures until they are ready and what they need then.
 */
public final class Startup {
  private static final Duration READY_TIME = Duration.ofMinutes(4);
  private static final Duration END_TIME = Duration.ofSeconds(30);

  /** What is not over by then belongs to an idle function. */
  private static final Duration IDLE_AFTER = Duration.ofSeconds(2);

  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<Product, Stage> stages;
  private final Map<Product, Path> caches;
  private final Path folder;
  private final Path catalog;

  private Startup(
      Map<Product, Stage> stages, Map<Product, Path> caches, Path folder, Path catalog) {
    this.stages = stages;
    this.caches = caches;
    this.folder = folder;
    this.catalog = catalog;
  }

  /**
   * Measures.
   *
   * @param folder empty
   * @param names of functions, such as {@code nf-aipf}; none means all
   * @param starts of each function in each mode, at least 1
   * @param people told what is being done
   * @throws IOException when a name is unknown, a cache cannot be made or a function does not start
   */
  public static StartupResult measure(
      Path folder, List<String> names, int starts, Consumer<String> people) throws IOException {
    Set<Product> measured = EnumSet.noneOf(Product.class);
    for (String name : names) {
      measured.add(
          Product.named(name)
              .filter(ReferenceSet.functions()::contains)
              .orElseThrow(() -> new ImageFailed("there is no function '" + name + "'")));
    }
    Set<Product> all = EnumSet.copyOf(ReferenceSet.functions());
    ImageBuilder builder = new ImageBuilder(folder, people, ImageBuilder.repository());
    Map<Product, Stage> stages = builder.stages(all);
    Set<Product> wanted = measured.isEmpty() ? all : measured;
    Map<Product, Path> caches = builder.train(stages, wanted);
    return new Startup(stages, caches, folder, builder.catalog()).run(wanted, starts, people);
  }

  private StartupResult run(Set<Product> measured, int starts, Consumer<String> people)
      throws IOException {
    Map<String, Map<StartMode, List<Start>>> result = new LinkedHashMap<>();
    Parts parts = new Parts();
    Map<Product, Started> running = new EnumMap<>(Product.class);
    try (ReferenceSet set = new ReferenceSet(folder.resolve("measured"), catalog)) {
      set.start();
      for (Product function : ReferenceSet.functions()) {
        running.put(function, parts.keep(start(function, set, StartMode.CDS)));
      }
      for (Map.Entry<Product, Started> function : running.entrySet()) {
        function.getValue().awaitReady(set.managementPort(function.getKey()), READY_TIME);
      }
      for (Product function : measured) {
        people.accept("starting " + function.imageName());
        Started peer = running.get(function);
        if (peer != null) {
          peer.end();
          peer.awaitEnd(END_TIME);
        }
        result.put(function.imageName(), starts(function, set, starts));
        Started again = parts.keep(start(function, set, StartMode.CDS));
        again.awaitReady(set.managementPort(function), READY_TIME);
      }
    } finally {
      parts.close();
    }
    return StartupResult.of(result);
  }

  /** The modes take turns, so that all of them meet the same machine. */
  private Map<StartMode, List<Start>> starts(Product function, ReferenceSet set, int starts)
      throws IOException {
    Map<StartMode, List<Start>> all = new EnumMap<>(StartMode.class);
    for (int i = 0; i < starts; i++) {
      for (StartMode mode : StartMode.values()) {
        all.computeIfAbsent(mode, _ -> new ArrayList<>()).add(measure(function, set, mode));
      }
    }
    return all;
  }

  private Start measure(Product function, ReferenceSet set, StartMode mode) throws IOException {
    long began = System.nanoTime();
    try (Started started = start(function, set, mode)) {
      long ready = started.awaitReady(set.managementPort(function), READY_TIME);
      LockSupport.parkNanos(IDLE_AFTER.toNanos());
      Start start = Start.ofIdle((ready - began) / NANOS_PER_MILLI, started.pid());
      started.end();
      started.awaitEnd(END_TIME);
      return start;
    }
  }

  private Started start(Product function, ReferenceSet set, StartMode mode) throws IOException {
    Stage stage = stages.get(function);
    if (stage == null) {
      throw new IllegalArgumentException("not laid out: " + function.imageName());
    }
    Optional<String> cache = Optional.ofNullable(caches.get(function)).map(Path::toString);
    if (mode == StartMode.AOT && cache.isEmpty()) {
      throw new ImageFailed("no ahead-of-time cache for " + function.imageName());
    }
    List<String> command = new ArrayList<>(stage.command(mode.options(cache)));
    command.add(set.configuration(function).toString());
    return Started.start(
        function.imageName(),
        command,
        set.environment(function),
        folder.resolve(function.imageName() + ".log"));
  }
}

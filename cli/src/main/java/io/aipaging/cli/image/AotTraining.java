package io.aipaging.cli.image;

import io.aipaging.sbi.process.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes ahead-of-time caches of classes (JEP 483, 514, 515): every function runs once from where it
 * is laid out, beside the others, for some pages; the all-in-one runs a short benchmark. The cache
 * depends on the jars' names, lengths and times, and not on the folder they are in, so that one
 * made here fits the image.
 */
final class AotTraining {
  private static final Duration START_TIME = Duration.ofMinutes(4);
  private static final Duration END_TIME = Duration.ofMinutes(4);
  private static final int PAGES = 40;

  private final Map<Product, Stage> stages;
  private final Path folder;
  private final Path repository;
  private final Consumer<String> people;

  /**
   * A training.
   *
   * @param stages of the functions, all of them, and of the all-in-one if it is wanted
   * @param folder empty
   * @param people told what went wrong
   */
  AotTraining(Map<Product, Stage> stages, Path folder, Path repository, Consumer<String> people) {
    this.stages = stages;
    this.folder = folder;
    this.repository = repository;
    this.people = people;
  }

  /** Makes caches for {@code wanted}; a product whose cache could not be made is left out. */
  Map<Product, Path> run(Collection<Product> wanted) throws IOException {
    Files.createDirectories(folder);
    Set<Product> trained = EnumSet.noneOf(Product.class);
    if (wanted.stream().anyMatch(ReferenceSet.functions()::contains) && train(wanted)) {
      trained.addAll(ReferenceSet.functions());
    }
    if (wanted.contains(Product.ALL_IN_ONE) && trainAllInOne()) {
      trained.add(Product.ALL_IN_ONE);
    }
    Map<Product, Path> made = new EnumMap<>(Product.class);
    for (Product product : wanted) {
      if (trained.contains(product) && Files.isRegularFile(cache(product))) {
        made.put(product, Stamp.file(cache(product)));
      } else {
        people.accept("no ahead-of-time cache for " + product.imageName());
      }
    }
    return made;
  }

  private boolean train(Collection<Product> wanted) throws IOException {
    Parts parts = new Parts();
    Map<Product, Started> running = new EnumMap<>(Product.class);
    try (ReferenceSet set = new ReferenceSet(folder.resolve("set"), catalog())) {
      set.start();
      for (Product function : ReferenceSet.functions()) {
        running.put(function, parts.keep(start(function, set, wanted.contains(function))));
      }
      for (Map.Entry<Product, Started> function : running.entrySet()) {
        function.getValue().awaitReady(set.managementPort(function.getKey()), START_TIME);
      }
      set.page(PAGES);
      running.values().forEach(Started::end);
      for (Started function : running.values()) {
        function.awaitEnd(END_TIME);
      }
      return true;
    } catch (ImageFailed e) {
      people.accept("training: " + e.getMessage());
      return false;
    } finally {
      parts.close();
    }
  }

  private Started start(Product function, ReferenceSet set, boolean recorded) throws IOException {
    List<String> command = new java.util.ArrayList<>(command(function, recorded));
    command.add(set.configuration(function).toString());
    return Started.start(function.imageName(), command, set.environment(function), log(function));
  }

  private List<String> command(Product product, boolean recorded) {
    Stage stage = stages.get(product);
    if (stage == null) {
      throw new IllegalArgumentException("not laid out: " + product.imageName());
    }
    return stage.command(recorded ? List.of("-XX:AOTCacheOutput=" + cache(product)) : List.of());
  }

  private boolean trainAllInOne() throws IOException {
    List<String> command = new java.util.ArrayList<>(command(Product.ALL_IN_ONE, true));
    command.addAll(List.of("bench", "page", "--warm-up", "0", "--pages", "40", "--json"));
    Path state = Files.createDirectories(folder.resolve("state"));
    Map<String, String> environment =
        Map.of("AIPAGING_STATE", state.toString(), "AIPAGING_ROOT", repository.toString());
    try (Started all = Started.start("aipaging", command, environment, log(Product.ALL_IN_ONE))) {
      return all.awaitEnd(END_TIME) == 0;
    } catch (ImageFailed e) {
      people.accept("training: " + e.getMessage());
      return false;
    }
  }

  private Path catalog() {
    return repository.resolve("helm/aipaging/files/catalog.yaml");
  }

  private Path cache(Product product) {
    return folder.resolve(product.imageName() + ".aot");
  }

  private Path log(Product product) {
    return folder.resolve(product.imageName() + ".log");
  }
}

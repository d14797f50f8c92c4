package io.aipaging.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Builds images, in a folder that is thrown away afterwards. */
final class ImageBuilder {
  private static final String SUPPORTED = "amd64";

  private final Path folder;
  private final Consumer<String> people;
  private final Path repository;
  private final Libraries libraries = Libraries.ofThisProcess();

  /**
   * A builder.
   *
   * @param people told what is being done
   * @param repository folder of this project, for its catalogue
   */
  ImageBuilder(Path folder, Consumer<String> people, Path repository) {
    this.folder = folder;
    this.people = people;
    this.repository = repository;
  }

  /**
   * One image.
   *
   * @param name with its tag
   * @param archive the file
   * @param archiveBytes its length
   * @param digest of the manifest
   * @param aot whether it has an ahead-of-time cache
   * @param layers names of its layers, in order
   * @param sbom where in the image it says what it is made of
   */
  record Built(
      String name,
      String archive,
      long archiveBytes,
      String digest,
      boolean aot,
      List<String> layers,
      String sbom) {}

  /**
   * Builds.
   *
   * @param products which
   * @param target folder of the archives, made if needed
   * @param aot whether to make ahead-of-time caches
   */
  List<Built> build(Set<Product> products, Path target, boolean aot) throws IOException {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals(SUPPORTED)) {
      throw new ImageFailed("images are built on Linux, " + SUPPORTED);
    }
    Map<Product, Stage> stages = stages(aot ? withPeers(products) : products);
    Map<Product, Path> caches = aot ? train(stages, products) : Map.of();
    Files.createDirectories(target);
    List<Built> built = new ArrayList<>();
    for (Product product : products) {
      people.accept("writing " + product.imageName());
      built.add(
          write(
              Objects.requireNonNull(stages.get(product)),
              Optional.ofNullable(caches.get(product)),
              target));
    }
    return built;
  }

  /** Lays products out, with one runtime for all. */
  Map<Product, Stage> stages(Set<Product> products) throws IOException {
    people.accept("linking a Java runtime");
    Path runtime = folder.resolve("runtime");
    JavaRuntime.link(runtime);
    Map<Product, Stage> stages = new EnumMap<>(Product.class);
    for (Product product : products) {
      stages.put(
          product, Stage.lay(product, libraries, runtime, folder.resolve(product.imageName())));
    }
    return stages;
  }

  /** Makes ahead-of-time caches of {@code products}. */
  Map<Product, Path> train(Map<Product, Stage> stages, Set<Product> products) throws IOException {
    people.accept("making caches of classes");
    return new AotTraining(stages, folder.resolve("training"), repository, people).run(products);
  }

  /** The functions of a set run together; the all-in-one runs by itself. */
  private static Set<Product> withPeers(Set<Product> products) {
    Set<Product> all = new TreeSet<>(products);
    if (products.stream().anyMatch(ReferenceSet.functions()::contains)) {
      all.addAll(ReferenceSet.functions());
    }
    return all;
  }

  /** The catalogue that functions are started with. */
  Path catalog() {
    return repository.resolve("helm/aipaging/files/catalog.yaml");
  }

  private Built write(Stage stage, Optional<Path> cache, Path target) throws IOException {
    Path archive = target.resolve(stage.product().imageName() + ".tar");
    OciArchive image =
        new Image(stage, libraries, repository)
            .archive(version(), cache, folder.resolve("more").resolve(stage.product().imageName()));
    String digest = image.write(archive, folder.resolve("jib"));
    return new Built(
        image.name(),
        archive.toString(),
        Files.size(archive),
        digest,
        cache.isPresent(),
        image.layers().stream().map(OciArchive.Layer::name).toList(),
        Image.SBOM);
  }

  /** The version of this project. */
  private String version() throws IOException {
    String jar = libraries.own(Product.AIPF).getFileName().toString();
    return jar.substring((Product.AIPF.artifact() + "-").length(), jar.length() - ".jar".length());
  }

  /** The folder of this project, as the launcher names it. */
  static Path repository() {
    return Path.of(System.getenv().getOrDefault("AIPAGING_ROOT", ".")).toAbsolutePath();
  }
}

package io.aipaging.cli.image;

import io.aipaging.cli.image.Dependencies.Artifact;
import io.aipaging.cli.image.OciArchive.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts the layers of an image together. */
final class Image {
  /** Where an image says what it is made of. */
  static final String SBOM = Product.HOME + "/sbom.cdx.json";

  private static final String CACHE = Product.HOME + "/classes.aot";

  private final Stage stage;
  private final Libraries libraries;
  private final Path repository;

  /**
   * An image of what was laid out.
   *
   * @param repository folder with the catalogue and the examples that the all-in-one has
   */
  Image(Stage stage, Libraries libraries, Path repository) {
    this.stage = stage;
    this.libraries = libraries;
    this.repository = repository;
  }

  /**
   * The archive.
   *
   * @param version tag of the image
   * @param cache ahead-of-time cache of classes, if there is one
   * @param folder empty, for what has no file of its own
   */
  OciArchive archive(String version, Optional<Path> cache, Path folder) throws IOException {
    SortedMap<String, Path> root = RootFiles.of(stage, folder.resolve("root"));
    SortedMap<String, Path> ours = new TreeMap<>();
    SortedMap<String, Path> theirs =
        new TreeMap<>(below(stage.folder().resolve("native"), "/native"));
    for (String jar : stage.jars()) {
      boolean own = jar.equals("aipaging.jar") || jar.contains(version);
      (own ? ours : theirs)
          .put(Product.HOME + "/lib/" + jar, stage.folder().resolve("lib").resolve(jar));
    }
    ours.put(Product.HOME + "/logback.xml", stage.folder().resolve("logback.xml"));
    ours.put(SBOM, sbom(version, root, folder));
    if (stage.product() == Product.ALL_IN_ONE) {
      ours.putAll(data());
    }
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer("system", root));
    layers.add(new Layer("java", java()));
    layers.add(new Layer("libraries", theirs));
    layers.add(new Layer("application", ours));
    cache.ifPresent(file -> layers.add(new Layer("aot", new TreeMap<>(Map.of(CACHE, file)))));
    return new OciArchive(
        "aipaging/" + stage.product().imageName() + ":" + version,
        layers,
        stage.entryPoint(cache.map(_ -> List.of("-XX:AOTCache=" + CACHE)).orElse(List.of())),
        stage.product().arguments(),
        environment(),
        labels(version));
  }

  private SortedMap<String, Path> java() throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(stage.runtime())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(JavaRuntime.HOME + "/" + stage.runtime().relativize(file), file);
      }
    }
    return files;
  }

  private static SortedMap<String, Path> below(Path folder, String place) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.forEach(file -> files.put(Product.HOME + place + "/" + file.getFileName(), file));
    }
    return files;
  }

  private SortedMap<String, Path> data() throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    for (String name : List.of("helm/aipaging/files/catalog.yaml", "examples/page-request.json")) {
      Path file = repository.resolve(name);
      if (!Files.isRegularFile(file)) {
        throw new ImageFailed("not found: " + file);
      }
      files.put(Product.HOME + "/" + name, file);
    }
    return files;
  }

  private Path sbom(String version, SortedMap<String, Path> root, Path folder) throws IOException {
    Artifact product = new Artifact("io.aipaging", stage.product().artifact(), version, "");
    Sbom sbom = new Sbom(product).withRuntime();
    for (Artifact library : Dependencies.in(libraries.own(stage.product()))) {
      sbom.withLibrary(library, libraries.jar(library));
    }
    for (Map.Entry<String, Path> file : root.entrySet()) {
      if (!file.getKey().startsWith("/etc/")) {
        sbom.withFile(file.getKey(), file.getValue());
      }
    }
    return Stamp.file(Files.write(folder.resolve("sbom.cdx.json"), sbom.bytes()));
  }

  private Map<String, String> environment() {
    Map<String, String> environment =
        new TreeMap<>(Map.of("LANG", "C.UTF-8", "PATH", "/opt/java/bin:/usr/sbin"));
    if (stage.product() == Product.ALL_IN_ONE) {
      environment.put("AIPAGING_ROOT", Product.HOME);
      environment.put("AIPAGING_STATE", "/tmp/aipaging");
    }
    return environment;
  }

  private Map<String, String> labels(String version) {
    return new TreeMap<>(
        Map.of(
            "org.opencontainers.image.title",
            stage.product().imageName(),
            "org.opencontainers.image.version",
            version,
            "org.opencontainers.image.licenses",
            "Apache-2.0",
            "io.aipaging.sbom",
            SBOM));
  }
}

package io.aipaging.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder with the launcher, from wherever the tests are started. */
final class Repository {
  private Repository() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("aipaging"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("started outside of the repository");
      }
    }
    return folder;
  }

  /** The catalogue that the chart ships. */
  static Path catalog() {
    return root().resolve("helm/aipaging/files/catalog.yaml");
  }

  /** The JDK of this test. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}

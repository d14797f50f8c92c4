package io.aipaging.crash;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the repository, from wherever the tests are started. */
final class Repository {
  private Repository() {}

  /** The catalogue that the chart ships. */
  static Path catalog() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("aipaging"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("started outside of the repository");
      }
    }
    return folder.resolve("helm/aipaging/files/catalog.yaml");
  }
}

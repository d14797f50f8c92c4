package io.aipaging.cli.image;

import io.aipaging.cli.AipagingMain;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The jars this command runs with, among them those of every function. */
final class Libraries {
  private final Map<String, Path> byName;

  private Libraries(Map<String, Path> byName) {
    this.byName = byName;
  }

  /** Those of this process. */
  static Libraries ofThisProcess() {
    Map<String, Path> byName = new LinkedHashMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (entry.endsWith(".jar") && Files.isRegularFile(path)) {
        byName.putIfAbsent(path.getFileName().toString(), path);
      }
    }
    return new Libraries(byName);
  }

  /**
   * A product's own jar.
   *
   * @throws ImageFailed when it is not packaged
   */
  Path own(Product product) throws ImageFailed {
    if (product == Product.ALL_IN_ONE) {
      return thisCommand();
    }
    return byName.entrySet().stream()
        .filter(e -> e.getKey().matches(product.artifact() + "-\\d.*\\.jar"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> notPackaged(product.artifact()));
  }

  /**
   * The jar of one of a product's libraries, as it was published.
   *
   * @throws ImageFailed when this process runs without it
   */
  Path jar(Dependencies.Artifact library) throws ImageFailed {
    Path jar = byName.get(library.file());
    if (jar == null) {
      throw new ImageFailed(library.file() + " is not on the class path");
    }
    return jar;
  }

  /** A product's class path: its own jar, then what the build resolved for it. */
  List<Path> classPath(Product product) throws IOException {
    Path own = own(product);
    List<Path> path = new ArrayList<>(List.of(own));
    for (Dependencies.Artifact library : Dependencies.in(own)) {
      path.add(jar(library));
    }
    return path;
  }

  private static Path thisCommand() throws ImageFailed {
    try {
      Path jar =
          Path.of(AipagingMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        throw notPackaged("cli");
      }
      return jar;
    } catch (URISyntaxException e) {
      throw new ImageFailed("this command has no place", e);
    }
  }

  private static ImageFailed notPackaged(String artifact) {
    return new ImageFailed("images are built from jars, and that of " + artifact + " is none");
  }
}

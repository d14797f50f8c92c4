package io.aipaging.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/** What a product runs with, as the build has resolved it and written into the product's jar. */
final class Dependencies {
  private static final String ENTRY = "META-INF/aipaging/libraries.txt";
  private static final Pattern LINE =
      Pattern.compile(
          "\\s+(?<group>[\\w.-]+):(?<name>[\\w.-]+):jar(:(?<classifier>[\\w.-]+))?"
              + ":(?<version>[\\w.-]+):(compile|runtime)\\b.*");

  private Dependencies() {}

  /**
   * A Maven artifact, a jar.
   *
   * @param classifier empty for none
   */
  record Artifact(String group, String name, String version, String classifier) {
    /** Name of its file. */
    String file() {
      String suffix = classifier.isEmpty() ? "" : "-" + classifier;
      return name + "-" + version + suffix + ".jar";
    }

    /** Its package URL. */
    String purl() {
      String qualifier = classifier.isEmpty() ? "" : "classifier=" + classifier + "&";
      return "pkg:maven/%s/%s@%s?%stype=jar".formatted(group, name, version, qualifier);
    }
  }

  /** The libraries named in a product's jar, in the order of the class path. */
  static List<Artifact> in(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      ZipEntry entry = file.getEntry(ENTRY);
      if (entry == null) {
        throw new ImageFailed(jar.getFileName() + " has no " + ENTRY);
      }
      try (InputStream in = file.getInputStream(entry)) {
        return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  /**
   * Reads what {@code dependency:list} writes.
   *
   * @throws ImageFailed at a line that is not understood: nothing is left out unnoticed
   */
  static List<Artifact> of(String text) throws ImageFailed {
    List<Artifact> artifacts = new ArrayList<>();
    for (String line : text.lines().filter(l -> l.contains(":jar:")).toList()) {
      Matcher parsed = LINE.matcher(line);
      if (!parsed.matches()) {
        throw new ImageFailed("not an artifact: " + line);
      }
      String classifier = parsed.group("classifier");
      artifacts.add(
          new Artifact(
              parsed.group("group"),
              parsed.group("name"),
              parsed.group("version"),
              classifier == null ? "" : classifier));
    }
    if (artifacts.isEmpty()) {
      throw new ImageFailed("no artifacts in: " + text);
    }
    return artifacts;
  }
}

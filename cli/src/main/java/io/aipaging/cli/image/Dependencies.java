package io.aipaging.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * What a product runs with, as the build has resolved it and written into the product's jar.
 *
 * @param product the product itself
 * @param libraries each once, by package URL, in the order of the class path
 * @param uses package URLs by that of who uses them directly
 */
record Dependencies(
    Artifact product, Map<String, Artifact> libraries, Map<String, Set<String>> uses) {
  private static final String ENTRY = "META-INF/aipaging/libraries.json";

  /**
   * A Maven artifact, a jar.
   *
   * @param classifier empty for none
   */
  record Artifact(String group, String name, String version, String classifier) {
    static Artifact of(JsonNode node) {
      return new Artifact(
          node.path("groupId").asText(),
          node.path("artifactId").asText(),
          node.path("version").asText(),
          node.path("classifier").asText(""));
    }

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

  /** Those in a product's jar. */
  static Dependencies in(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      ZipEntry entry = file.getEntry(ENTRY);
      if (entry == null) {
        throw new ImageFailed(jar.getFileName() + " has no " + ENTRY);
      }
      try (InputStream in = file.getInputStream(entry)) {
        JsonNode root = Json.MAPPER.readTree(in);
        Dependencies all =
            new Dependencies(Artifact.of(root), new LinkedHashMap<>(), new LinkedHashMap<>());
        all.walk(root);
        return all;
      }
    }
  }

  private void walk(JsonNode node) {
    Set<String> direct = uses.computeIfAbsent(Artifact.of(node).purl(), _ -> new LinkedHashSet<>());
    for (JsonNode child : node.path("children")) {
      Artifact artifact = Artifact.of(child);
      direct.add(artifact.purl());
      libraries.putIfAbsent(artifact.purl(), artifact);
      walk(child);
    }
  }
}

package io.aipaging.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * A product's CycloneDX document. The build writes it into the product's jar with the libraries it
 * runs with; an image adds the Java runtime and the host's files.
 */
final class Sbom {
  private static final Pattern MAVEN =
      Pattern.compile("pkg:maven/[^/]+/(?<artifact>[^@]+)@(?<version>[^?]+)(\\?(?<more>.*))?");
  private static final Pattern CLASSIFIER = Pattern.compile("(?:^|&)classifier=([^&]+)");

  private final ObjectNode document;

  private Sbom(ObjectNode document) {
    this.document = document;
  }

  /** The document in a product's jar. */
  static Sbom of(Path jar, Product product) throws IOException {
    String entry = "META-INF/sbom/" + product.artifact() + ".cdx.json";
    try (JarFile file = new JarFile(jar.toFile())) {
      ZipEntry document = file.getEntry(entry);
      if (document == null) {
        throw new ImageFailed(jar.getFileName() + " has no " + entry);
      }
      try (InputStream in = file.getInputStream(document)) {
        return new Sbom((ObjectNode) Json.MAPPER.readTree(in));
      }
    }
  }

  /** File names of the libraries, in the order of the class path. */
  List<String> jars() throws ImageFailed {
    List<String> names = new ArrayList<>();
    for (JsonNode component : document.path("components")) {
      String purl = component.path("purl").asText();
      Matcher maven = MAVEN.matcher(purl);
      if (!maven.matches()) {
        throw new ImageFailed("not a Maven artifact: " + purl);
      }
      String more = maven.group("more");
      Matcher classifier = CLASSIFIER.matcher(more == null ? "" : more);
      String suffix = classifier.find() ? "-" + classifier.group(1) : "";
      names.add(maven.group("artifact") + "-" + maven.group("version") + suffix + ".jar");
    }
    return names;
  }

  /** Adds the Java runtime. */
  Sbom withRuntime(String version) {
    ObjectNode runtime = components().addObject();
    runtime.put("type", "platform");
    runtime.put("name", System.getProperty("java.vm.name"));
    runtime.put("publisher", System.getProperty("java.vendor"));
    runtime.put("version", version);
    return this;
  }

  /** Adds a file of the building host. */
  Sbom withFile(String path, String sha256) {
    ObjectNode file = components().addObject();
    file.put("type", "file");
    file.put("name", path);
    ObjectNode hash = file.putArray("hashes").addObject();
    hash.put("alg", "SHA-256");
    hash.put("content", sha256);
    return this;
  }

  private ArrayNode components() {
    return document.withArray("components");
  }

  /** As it is kept in an image. */
  byte[] bytes() throws IOException {
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
  }
}

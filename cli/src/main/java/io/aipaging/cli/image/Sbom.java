package io.aipaging.cli.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.cli.image.Dependencies.Artifact;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An image's bill of materials, CycloneDX 1.6: libraries with their package URLs, the Java runtime,
 * the host's files. It has no serial number and no time, so that it is the same for the same image.
 */
final class Sbom {
  private final ObjectNode document = Json.MAPPER.createObjectNode();
  private final ArrayNode components;
  private final ObjectNode uses;

  /** Of a product, nothing in it yet. */
  Sbom(Artifact product) {
    document.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
    describe(document.putObject("metadata").putObject("component"), "application", product);
    components = document.putArray("components");
    uses = document.putArray("dependencies").addObject().put("ref", product.purl());
    uses.putArray("dependsOn");
  }

  /**
   * Adds a library.
   *
   * @param jar as it was published
   */
  Sbom withLibrary(Artifact library, Path jar) throws IOException {
    ObjectNode component = components.addObject();
    describe(component, "library", library);
    hash(component, jar);
    uses.withArray("dependsOn").add(library.purl());
    return this;
  }

  /** Adds the Java runtime that runs this process. */
  Sbom withRuntime() {
    components
        .addObject()
        .put("type", "platform")
        .put("publisher", System.getProperty("java.vendor"))
        .put("name", System.getProperty("java.vm.name"))
        .put("version", Runtime.version().toString());
    return this;
  }

  /**
   * Adds a file of the building host.
   *
   * @param place where it is in the image
   */
  Sbom withFile(String place, Path file) throws IOException {
    hash(components.addObject().put("type", "file").put("name", place), file);
    return this;
  }

  private static void describe(ObjectNode component, String type, Artifact artifact) {
    component
        .put("type", type)
        .put("bom-ref", artifact.purl())
        .put("group", artifact.group())
        .put("name", artifact.name())
        .put("version", artifact.version())
        .put("purl", artifact.purl());
  }

  private static void hash(ObjectNode component, Path file) throws IOException {
    component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sha256(file));
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** As it is kept in an image. */
  byte[] bytes() throws IOException {
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
  }
}

package io.aipaging.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipaging.certs.DevPki;
import io.aipaging.certs.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What pods mount, as files below a folder: ConfigMaps as rendered, Secrets made as README says.
 */
final class Mounted {
  private final Rendered rendered;
  private final Path folder;
  private final DevPki pki;
  private final Map<String, String> secrets = new TreeMap<>();

  Mounted(Rendered rendered, Path folder) {
    this.rendered = rendered;
    this.folder = folder;
    this.pki = DevPki.in(folder.resolve("pki"), InstantSource.system());
  }

  /** A secret's value: 64 hexadecimal digits, the same whenever it is asked for. */
  String secret(String key) {
    return secrets.computeIfAbsent(
        key,
        any -> {
          byte[] bytes = new byte[32];
          new SecureRandom().nextBytes(bytes);
          return HexFormat.of().formatHex(bytes);
        });
  }

  /** The root folder of a pod's container, with all it mounts and may write. */
  Path root(Pod pod) throws IOException {
    Path root = folder.resolve(pod.component());
    for (String writable : pod.writable()) {
      Files.createDirectories(root.resolve(writable.substring(1)));
    }
    for (Map.Entry<String, String> file : pod.files(rendered).entrySet()) {
      Path target = root.resolve(file.getKey().substring(1));
      Files.createDirectories(target.getParent());
      if (file.getKey().startsWith("/etc/aipaging/tls/")) {
        Files.write(target, certificate(pod.component(), file.getValue()));
      } else if (file.getKey().endsWith("/" + file.getValue())) {
        Files.writeString(target, secret(file.getValue()));
      } else {
        Files.writeString(target, inside(root, file.getValue()));
      }
    }
    return root;
  }

  /** A text whose absolute paths are those below a root folder. */
  static String inside(Path root, String text) {
    return text.replaceAll("(?<![\\w.:/])/(etc|var|tmp)/", root + "/$1/");
  }

  /** A container's arguments, with its files. */
  static List<String> arguments(Path root, Pod pod) {
    List<String> arguments = new ArrayList<>();
    for (String argument :
        new ObjectMapper().convertValue(pod.container().path("args"), String[].class)) {
      arguments.add(inside(root, argument));
    }
    return arguments;
  }

  private byte[] certificate(String component, String key) throws IOException {
    String of = component.equals("operator") ? "aipf" : component;
    String name = Chart.RELEASE + "-" + of;
    List<String> names = new ArrayList<>();
    for (JsonNode dns : rendered.get("Certificate", name).at("/spec/dnsNames")) {
      names.add(dns.asText());
    }
    DevPki.Identity identity =
        pki.identity(new Subject(name, new UUID(0, of.hashCode()), names, List.of()));
    return Files.readAllBytes(
        switch (key) {
          case "tls.crt" -> identity.certFile();
          case "tls.key" -> identity.keyFile();
          default -> identity.trustFile();
        });
  }
}

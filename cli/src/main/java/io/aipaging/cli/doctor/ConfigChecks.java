package io.aipaging.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What any function's configuration file names, by the names of its keys: certificates, secrets,
 * places to write, peers. Whether the file as a whole is one of a function, that function says.
 */
final class ConfigChecks {
  private static final Set<String> CERTIFICATES = Set.of("cert-file", "trust-file");
  private static final Set<String> SECRETS =
      Set.of(
          "key-file",
          "client-secret-file",
          "uri-file",
          "ue-hash-key-file",
          "ue-hash-file",
          "signing-files");
  private static final Set<String> WRITTEN = Set.of("journal", "path");
  private static final Set<String> PEERS = Set.of("base-uri", "uris", "scp", "pdu-info");

  private final FileChecks files;
  private final PeerChecks peers;

  ConfigChecks(FileChecks files, PeerChecks peers) {
    this.files = files;
    this.peers = peers;
  }

  /**
   * Looks at everything a file names.
   *
   * @param file YAML
   */
  List<Finding> of(Path file) {
    List<Finding> found = new ArrayList<>();
    try {
      walk("", new YAMLMapper().readTree(file.toFile()), found);
    } catch (IOException e) {
      found.add(Finding.bad(file.toString(), "cannot be read as YAML", "look at its first error"));
    }
    return found;
  }

  private void walk(String at, JsonNode node, List<Finding> found) {
    node.properties()
        .forEach(
            member -> {
              String key = at.isEmpty() ? member.getKey() : at + "." + member.getKey();
              named(member.getKey(), key, member.getValue(), found);
              walk(key, member.getValue(), found);
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      walk(at + "." + i, node.get(i), found);
    }
  }

  private void named(String name, String key, JsonNode value, List<Finding> found) {
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      String text = one.asText("");
      if (!one.isTextual() || text.isEmpty()) {
        continue;
      }
      if (CERTIFICATES.contains(name)) {
        found.add(files.certificate(key, path(text)));
      } else if (name.equals("crl-file")) {
        found.add(files.revocations(key, path(text)));
      } else if (SECRETS.contains(name)) {
        found.add(files.secret(key, path(text)));
      } else if (WRITTEN.contains(name)) {
        found.add(files.writable(key, path(text)));
      } else if (name.equals("catalog")) {
        found.add(files.readable(key, path(text)));
      } else if (PEERS.contains(name) && isUri(text)) {
        found.add(peers.listens(key, text));
      }
    }
  }

  /** As configurations are read: {@code file:} URIs are paths, too. */
  private static Path path(String text) {
    return text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text);
  }

  private static boolean isUri(String text) {
    try {
      return URI.create(text).isAbsolute();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Operation;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One file of {@code openapi/examples}: the members of a whole request or response record.
 *
 * @param operation its operation
 * @param request whether it is a request
 * @param file its name
 * @param json its content
 */
record Example(Operation<?, ?> operation, boolean request, String file, ObjectNode json) {
  private static final String FOLDER = "/openapi/examples/";

  /** All examples of a contract; a 204 has the empty response. */
  static List<Example> of(Contract contract) {
    List<Example> examples = new ArrayList<>();
    files(contract.api()).forEach((name, bytes) -> examples.add(of(contract, name, bytes)));
    for (Operation<?, ?> operation : contract.operations()) {
      if (operation.response() == NoContent.class) {
        examples.add(new Example(operation, false, "no content", Json.MAPPER.createObjectNode()));
      }
    }
    return examples;
  }

  static List<Example> requests(Contract contract, Operation<?, ?> operation) {
    return of(contract).stream().filter(e -> e.request && e.operation.equals(operation)).toList();
  }

  static List<Example> responses(Contract contract, Operation<?, ?> operation) {
    return of(contract).stream().filter(e -> !e.request && e.operation.equals(operation)).toList();
  }

  /** A copy of the members in one file. */
  static ObjectNode named(Contract contract, String file) {
    return of(contract).stream()
        .filter(example -> example.file.equals(file))
        .findFirst()
        .orElseThrow()
        .json
        .deepCopy();
  }

  /** The record the file describes. */
  Object value() {
    try {
      Class<?> type = request ? operation.request() : operation.response();
      return Json.MAPPER.treeToValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  @Override
  public String toString() {
    return operation.api() + "/" + file;
  }

  private static Example of(Contract contract, String name, byte[] bytes) {
    String[] parts = name.substring(0, name.length() - ".json".length()).split("-", 3);
    Operation<?, ?> operation =
        contract.operations().stream()
            .filter(candidate -> candidate.operationId().equals(parts[0]))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no such operation: " + name));
    try {
      JsonNode json = Json.tree(bytes);
      return new Example(operation, parts[1].equals("request"), name, (ObjectNode) json);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** Content by name, from a folder or from inside a jar. */
  private static Map<String, byte[]> files(String api) {
    try {
      URI uri = Example.class.getResource(FOLDER + "README.md").toURI();
      if (!uri.getScheme().equals("jar")) {
        return read(Path.of(uri).resolveSibling(api));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.getPath(FOLDER + api));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, byte[]> read(Path folder) throws IOException {
    Map<String, byte[]> content = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return content;
  }
}

package io.aipaging.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One file of {@code openapi/examples}: a whole request or response record of an operation.
 *
 * @param contract its contract
 * @param operation its operation
 * @param request whether it is a request
 * @param file its file
 */
record Example(Contract contract, Operation<?, ?> operation, boolean request, Path file) {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
          .build();

  private static final Pattern NAME =
      Pattern.compile("([A-Za-z]+)-(request|response)(-[a-z0-9-]+)?\\.json");

  /** All examples of a contract; a file that belongs to no operation is an error. */
  static List<Example> of(Contract contract) {
    try (Stream<Path> files = Files.list(folder().resolve(contract.api()))) {
      return files.sorted().map(file -> of(contract, file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Example of(Contract contract, Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalStateException("not <OperationId>-request|response[-variant]: " + file);
    }
    Operation<?, ?> operation =
        contract.operations().stream()
            .filter(candidate -> candidate.operationId().equals(name.group(1)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no such operation: " + file));
    return new Example(contract, operation, name.group(2).equals("request"), file);
  }

  /** Folder of all examples. */
  static Path folder() {
    try {
      URI uri = Example.class.getResource("/openapi/examples/README.md").toURI();
      return Path.of(uri).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode json() {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Class<?> type() {
    return request ? operation.request() : operation.response();
  }

  @Override
  public String toString() {
    return contract.api() + "/" + file.getFileName().toString().toLowerCase(Locale.ROOT);
  }
}

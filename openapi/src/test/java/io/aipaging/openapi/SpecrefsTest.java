package io.aipaging.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code specrefs.yml} names classes that exist and that name the document themselves. */
class SpecrefsTest {
  private static final Path MODULE = Path.of("").toAbsolutePath();

  record Reference(String document, String clause, String type) {
    @Override
    public String toString() {
      return document + " " + clause + " " + type;
    }
  }

  static List<Reference> references() throws IOException {
    List<Reference> found = new ArrayList<>();
    for (JsonNode entry : new YAMLMapper().readTree(MODULE.resolve("specrefs.yml").toFile())) {
      for (JsonNode type : entry.path("classes")) {
        found.add(
            new Reference(
                entry.path("document").asText(), entry.path("clause").asText(), type.asText()));
      }
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("references")
  void classExistsAndNamesTheDocument(Reference reference) throws IOException {
    String file = reference.type().replace('.', '/') + ".java";
    List<Path> sources =
        sourceFolders().stream().map(folder -> folder.resolve(file)).filter(Files::exists).toList();
    assertThat(sources).hasSize(1);
    String unwrapped = Files.readString(sources.getFirst()).replaceAll("\\n[ *]+", " ");
    assertThat(unwrapped).contains(reference.document());
  }

  @Test
  void nothingIsListedTwice() throws IOException {
    assertThat(references()).isNotEmpty().doesNotHaveDuplicates();
  }

  /** {@code src/main/java} of every module of the repository. */
  private static List<Path> sourceFolders() throws IOException {
    Path root = MODULE.getParent();
    try (Stream<Path> modules = Stream.concat(folders(root), folders(root.resolve("tests")))) {
      return modules.map(module -> module.resolve("src/main/java")).filter(Files::exists).toList();
    }
  }

  private static Stream<Path> folders(Path parent) {
    try {
      return Files.list(parent).filter(Files::isDirectory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

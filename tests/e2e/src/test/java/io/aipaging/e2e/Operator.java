package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.e2e.Aipaging.Result;
import io.aipaging.sbi.Json;
import java.nio.file.Path;

/** Somebody with the command, beside the set whose state is in a folder. */
record Operator(Path state) {
  /** A command that must do what it says, without a word of complaint. */
  String done(String... arguments) throws Exception {
    Result result = Aipaging.run(state, arguments);
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.err()).isEmpty();
    return result.out();
  }

  /** A command that must answer with one line of JSON. */
  JsonNode json(String... arguments) throws Exception {
    String said = done(arguments);
    assertThat(said.strip()).hasLineCount(1);
    return Json.MAPPER.readTree(said);
  }

  /** A command that must be refused in one line. */
  void refused(String beginning, String... arguments) throws Exception {
    Result result = Aipaging.run(state, arguments);
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    assertThat(result.err().strip()).startsWith("aipaging: " + beginning).hasLineCount(1);
    assertThat(result.out()).isEmpty();
  }
}

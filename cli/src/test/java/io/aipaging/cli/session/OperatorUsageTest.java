package io.aipaging.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What operators' commands refuse before they talk to anybody. */
class OperatorUsageTest {
  private static final int USAGE = 2;
  private static final int NOT_RUNNING = 4;
  private final StringWriter errors = new StringWriter();
  @TempDir Path empty;

  @ParameterizedTest
  @CsvSource({
    "revoke, SESSION",
    "revoke --all, --yes",
    "revoke --anchor a --all --yes, mutually exclusive",
    "revoke AAAAAAAA --af notes-app, mutually exclusive",
    "revoke --anchor a --reason spite, OPERATOR",
    "list --ends-before tomorrow, --ends-before",
    "list --timeout 0, 1 to 300",
  })
  void aSessionCommandThatSaysTooLittleOrTooMuchIsRefused(String line, String says) {
    assertThat(run(new SessionCommand(), line)).isEqualTo(USAGE);
    assertThat(errors.toString()).contains(says, "Usage: session " + line.split(" ")[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "drain, ANCHOR",
    "drain a --undo --wait, --undo",
    "drain a --wait --wait-max 0, 1 or more",
    "drain a --wait-max soon, --wait-max",
  })
  void anAnchorCommandThatSaysTooLittleOrTooMuchIsRefused(String line, String says) {
    assertThat(run(new AnchorCommand(), line)).isEqualTo(USAGE);
    assertThat(errors.toString()).contains(says, "Usage: anchor drain");
  }

  @ParameterizedTest
  @CsvSource({
    "revoke AAAAAAAAAAAA",
    "revoke --all --yes",
    "revoke --anchor a --reason policy",
    "revoke --app notes-app --json",
    "revoke --aisi urn:aisi:r:s:standard:1 --timeout 300",
    "list --state ending --anchor a --af x --ends-before 2026-01-31T12:00:00Z",
    "list --aisi urn:aisi:r:s:standard:1 --ue 10.45.0.2 --limit 5",
  })
  void whatIsSaidWellIsTriedAtTheSet(String line) {
    assertThat(run(new SessionCommand(), line)).as(errors::toString).isEqualTo(NOT_RUNNING);
  }

  @Test
  void aWaitNeedsNoNumberAndTheAnchorMayStandBehindIt() {
    assertThat(run(new AnchorCommand(), "drain a --wait")).isEqualTo(NOT_RUNNING);
    assertThat(run(new AnchorCommand(), "drain --wait --wait-max 30 --json a"))
        .isEqualTo(NOT_RUNNING);
    assertThat(run(new AnchorCommand(), "drain a --undo")).isEqualTo(NOT_RUNNING);
    assertThat(run(new AnchorCommand(), "list --json")).isEqualTo(NOT_RUNNING);
  }

  private int run(Object command, String line) {
    return new CommandLine(command)
        .setErr(new PrintWriter(errors))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              commandLine.getErr().println(failure.getMessage());
              return failure instanceof NotRunning ? NOT_RUNNING : 1;
            })
        .execute((line + " --connection=" + empty.resolve("connection.yaml")).split(" "));
  }
}

package io.aipaging.cli.certs;

import io.aipaging.aipf.keyfile.KeyRotation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aipaging certs revoke-key}. */
@Command(
    name = "revoke-key",
    description = {
      "Marks a signing key as revoked, and deletes its private half. A running AIPF publishes it",
      "no more from then on: what it signed is refused. Only for a key somebody else may know;",
      "else rotate it. Prints the id of the key that is first now."
    },
    mixinStandardHelpOptions = true)
public final class RevokeKeyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The key file, PEM.")
  private Path file = Path.of("signing.key");

  @Parameters(index = "1", paramLabel = "KID", description = "Id of the key, as 'show' prints it.")
  private String kid = "";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf("kid  %s%nfile %s%n", KeyRotation.revoke(file, kid), file);
    out.flush();
    return 0;
  }
}

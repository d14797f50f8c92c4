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

/** {@code aipaging certs rotate-key}. */
@Command(
    name = "rotate-key",
    description = {
      "Puts a fresh key first in a file of keys.signing-files and prints its id. A running AIPF",
      "takes it up by itself: publishes it, later signs with it, and publishes the one before for",
      "as long as anything it signed may be in use."
    },
    mixinStandardHelpOptions = true)
public final class RotateKeyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The key file, PEM.")
  private Path file = Path.of("signing.key");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf("kid  %s%nfile %s%n", KeyRotation.rotate(file), file);
    out.flush();
    return 0;
  }
}

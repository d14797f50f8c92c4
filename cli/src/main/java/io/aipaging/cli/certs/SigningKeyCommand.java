package io.aipaging.cli.certs;

import io.aipaging.aipf.keyfile.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aipaging certs signing-key}. */
@Command(
    name = "signing-key",
    description = {
      "Makes a key that signs COMMITs and tokens, for keys.signing-files of the AIPF, readable by",
      "its owner only, and prints its key id. A file that is there is left alone."
    },
    mixinStandardHelpOptions = true)
public final class SigningKeyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The key's file, PEM.")
  private Path file = Path.of("signing.key");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    if (Files.exists(file)) {
      line.getErr().println("aipaging: " + file + " is there already");
      return 1;
    }
    Object kid =
        KeyFiles.signing(List.of(KeyFiles.kept(file))).jwks().getFirst().getOrDefault("kid", "");
    line.getOut().printf("kid  %s%nfile %s%n", kid, file);
    line.getOut().flush();
    return 0;
  }
}

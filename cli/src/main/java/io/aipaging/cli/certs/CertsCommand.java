package io.aipaging.cli.certs;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aipaging certs}. */
@Command(
    name = "certs",
    description = {
      "Certificates of a development authority: a root, an intermediate, and one per network",
      "function. In production another authority makes them; functions take either."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      IssueCommand.class,
      RenewCommand.class,
      RevokeCommand.class,
      SigningKeyCommand.class,
      RotateKeyCommand.class,
      RevokeKeyCommand.class,
      ShowCommand.class
    })
public final class CertsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Without a verb: says what there is. */
  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
    return CommandLine.ExitCode.USAGE;
  }
}

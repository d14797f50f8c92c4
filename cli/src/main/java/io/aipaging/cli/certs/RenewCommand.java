package io.aipaging.cli.certs;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aipaging certs renew}. */
@Command(
    name = "renew",
    description = {
      "Makes a fresh key and certificate in place of the old ones, however long these would last.",
      "Running functions take them up by themselves."
    },
    mixinStandardHelpOptions = true)
public final class RenewCommand implements Callable<Integer> {
  @Mixin private SubjectOptions options = new SubjectOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    IssueCommand.print(spec, options.authority().renewed(options.subject()));
    return 0;
  }
}

package io.aipaging.cli.certs;

import io.aipaging.certs.DevPki;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aipaging certs issue}. */
@Command(
    name = "issue",
    description = {
      "Makes a key and a certificate (TS 33.310), and the authority when there is none. What is",
      "there and still good is kept."
    },
    mixinStandardHelpOptions = true)
public final class IssueCommand implements Callable<Integer> {
  @Mixin private SubjectOptions options = new SubjectOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    print(spec, options.authority().identity(options.subject()));
    return 0;
  }

  static void print(@Nullable CommandSpec spec, DevPki.Identity files) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf("cert-file   %s%n", files.certFile());
    out.printf("key-file    %s%n", files.keyFile());
    out.printf("trust-file  %s%n", files.trustFile());
    out.flush();
  }
}

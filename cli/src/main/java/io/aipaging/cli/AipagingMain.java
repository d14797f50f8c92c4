package io.aipaging.cli;

import io.aipaging.cli.certs.CertsCommand;
import io.aipaging.cli.core.CoreCommand;
import io.aipaging.cli.demo.DemoCommand;
import io.aipaging.cli.doctor.DoctorCommand;
import io.aipaging.cli.image.ImageCommand;
import io.aipaging.cli.run.RunCommand;
import io.aipaging.cli.run.UpCommand;
import io.aipaging.cli.session.AnchorCommand;
import io.aipaging.cli.session.EvidenceCommand;
import io.aipaging.cli.session.SessionCommand;
import io.aipaging.cli.simulate.SimulateCommand;
import io.aipaging.cli.store.StoreCommand;
import io.aipaging.openapi.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The {@code aipaging} command. */
@Command(
    name = "aipaging",
    description = "AI as a service of a mobile network: page, lease, steer, prove.",
    mixinStandardHelpOptions = true,
    version = "AI-Paging 0.1.0-SNAPSHOT",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      RunCommand.class,
      SessionCommand.class,
      AnchorCommand.class,
      EvidenceCommand.class,
      CoreCommand.class,
      StoreCommand.class,
      CertsCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      EvalCommand.class,
      SimulateCommand.class,
      ImageCommand.class
    },
    footerHeading = "%nHandled by the launcher itself:%n",
    footer = {
      "  test       Runs all tests; 'aipaging test --help' says more.",
      "  fmt        Formats the code.",
      "%nExit codes: 0 done; 1 failed; 2 wrong usage; 3 refused by the service;",
      "4 the service cannot be reached; 69 no JDK 25 or Maven; 70 the build failed."
    })
public final class AipagingMain implements Runnable {
  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new AipagingMain())
            .setExecutionExceptionHandler(new FailureInWords())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  /** Without a verb: says what there is. */
  @Override
  public void run() {
    new CommandLine(this).usage(System.out);
  }

  /** One line for people instead of a stack trace. */
  private static final class FailureInWords implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception failure, CommandLine commandLine, ParseResult parsed) {
      commandLine.getErr().println("aipaging: " + words(failure));
      return ExitCode.of(failure);
    }

    private static String words(Exception failure) {
      if (failure instanceof Refusal refusal) {
        StringBuilder words = new StringBuilder();
        words.append(refusal.status()).append(' ').append(refusal.problemCause());
        words.append(": ").append(refusal.detail());
        refusal
            .invalidParams()
            .forEach(p -> words.append("\n  ").append(p.param()).append(": ").append(p.reason()));
        return words.toString();
      }
      return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
  }
}

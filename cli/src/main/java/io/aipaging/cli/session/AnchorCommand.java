package io.aipaging.cli.session;

import io.aipaging.cli.ExitCode;
import io.aipaging.openapi.paging.AnchorDrain;
import io.aipaging.openapi.paging.AnchorList;
import io.aipaging.openapi.paging.DrainAnchor;
import io.aipaging.openapi.paging.ListAnchors;
import io.aipaging.openapi.paging.NaipfPaging;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aipaging anchor …}: lists, drains. */
@Command(
    name = "anchor",
    description = "Looks after anchors at a running AIPF.",
    mixinStandardHelpOptions = true)
public final class AnchorCommand {
  private final Output output = new Output();
  @Spec private @Nullable CommandSpec spec;

  @Command(
      name = "list",
      description = {
        "Lists the anchors of the catalogue, as the AIPF that answers sees them.",
        "WELL, UNHEALTHY or LOST; UNKNOWN until the anchor has been asked."
      },
      mixinStandardHelpOptions = true)
  int list(@Mixin SessionCommand.Common common) throws IOException {
    return common.connection.run(
        aipf -> {
          AnchorList anchors = aipf.listAnchors(common.connection.call(), new ListAnchors());
          if (common.json) {
            output.json(anchors);
          } else {
            output.anchors(anchors.anchors());
          }
          return ExitCode.DONE;
        });
  }

  @Command(
      name = "drain",
      description = {
        "Lets an anchor take no new sessions, and moves those it has, make-before-break.",
        "Its agent remembers, also when it restarts. What cannot move stays until its end."
      },
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {"0:the anchor was told; with --wait, it is empty", "1:sessions are left"})
  int drain(
      @Mixin SessionCommand.Common common,
      @Parameters(paramLabel = "ANCHOR") String anchor,
      @Option(names = "--undo", description = "Let it take sessions again.") boolean undo,
      @Option(names = "--wait", description = "Wait until no session is left there.") boolean wait,
      @Option(
              names = "--wait-max",
              paramLabel = "SECONDS",
              defaultValue = "600",
              description = "But no longer than so (default: ${DEFAULT-VALUE}).")
          int longest)
      throws IOException {
    if (wait && (undo || longest < 1)) {
      String fault = undo ? "--undo waits for nothing" : "--wait-max must be 1 or more";
      throw new ParameterException(drainLine(), fault);
    }
    return common.connection.run(
        aipf ->
            undo
                ? undone(common, aipf, anchor)
                : drained(common, aipf, anchor, wait ? longest : 0));
  }

  private CommandLine drainLine() {
    CommandSpec anchor = Objects.requireNonNull(spec, "set by picocli");
    return Objects.requireNonNull(anchor.subcommands().get("drain"), "a subcommand of this");
  }

  private int undone(SessionCommand.Common common, NaipfPaging aipf, String anchor) {
    AnchorDrain answer = aipf.drainAnchor(common.connection.call(), new DrainAnchor(anchor, false));
    if (common.json) {
      output.json(answer);
    } else {
      output.line("anchor", anchor + " takes sessions, " + held(answer));
    }
    return ExitCode.DONE;
  }

  private int drained(SessionCommand.Common common, NaipfPaging aipf, String anchor, int wait) {
    Draining draining = new Draining(aipf, common.connection::call, Thread::sleep);
    try {
      AnchorDrain last =
          draining.run(
              anchor,
              Duration.ofSeconds(wait),
              drain -> {
                if (!common.json) {
                  output.line("anchor", anchor + " drains, " + held(drain));
                }
              });
      if (common.json) {
        output.json(last);
      }
      return wait > 0 && last.sessions() > 0 ? ExitCode.FAILED : ExitCode.DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  private static String held(AnchorDrain drain) {
    return drain.sessions() == 1 ? "1 session there" : drain.sessions() + " sessions there";
  }
}

package io.aipaging.cli.session;

import io.aipaging.cli.ExitCode;
import io.aipaging.openapi.paging.Revocation;
import io.aipaging.openapi.paging.RevokeSessions;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aipaging session revoke}. */
@Command(
    name = "revoke",
    description = {
      "Takes sessions away: one, or all of an anchor, an app, an AI service or the Set.",
      "Steering stops before it answers, or at the lease's end where an enforcer is not reached."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all of them are over",
      "1:some are still ending; 'session list --state ending' shows them. Or the session is not there"
    })
final class RevokeCommand implements Callable<Integer> {
  @Mixin private SessionCommand.Common common = new SessionCommand.Common();
  @Spec private @Nullable CommandSpec spec;
  private final Output output = new Output();

  /** Which sessions; exactly one member is set. */
  static final class Which {
    @Parameters(index = "0", paramLabel = "SESSION", description = "This one.")
    private @Nullable String session;

    @Option(
        names = "--anchor",
        paramLabel = "ANCHOR",
        description = "Those with a live lease at this anchor.")
    private @Nullable String anchor;

    @Option(
        names = {"--af", "--app"},
        paramLabel = "AF-ID",
        description = "Those of this app.")
    private @Nullable String af;

    @Option(names = "--aisi", paramLabel = "AISI", description = "Those of this AI service.")
    private @Nullable String aisi;

    @Option(names = "--all", description = "Every one; needs --yes.")
    private boolean all;
  }

  /** Why, in the contract's words. */
  enum Reason {
    OPERATOR,
    POLICY
  }

  @ArgGroup private @Nullable Which which;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      defaultValue = "OPERATOR",
      description = "OPERATOR or POLICY, in any case (default: ${DEFAULT-VALUE}).")
  private Reason reason = Reason.OPERATOR;

  @Option(names = "--yes", description = "Confirms --all.")
  private boolean sure;

  @Override
  public Integer call() throws IOException {
    Which chosen = which;
    if (chosen == null) {
      throw wrong("say which: SESSION, --anchor, --af, --aisi or --all");
    }
    if (chosen.all && !sure) {
      throw wrong("--all ends every session of the Set; add --yes if that is meant");
    }
    RevokeSessions request =
        new RevokeSessions(
            chosen.session,
            chosen.anchor,
            chosen.af,
            chosen.aisi,
            chosen.all ? true : null,
            reason.name());
    return common.connection.run(
        aipf -> tell(new Revoking(aipf, common.connection::call).run(request), chosen.session));
  }

  private ParameterException wrong(String what) {
    return new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(), what);
  }

  private int tell(Revocation revocation, @Nullable String session) {
    if (common.json) {
      output.json(revocation);
    } else {
      output.line("ended", revocation.ended());
      output.line("ending", revocation.ending() == 0 ? null : revocation.ending());
    }
    if (!revocation.complete()) {
      System.err.println("aipaging: not every session was looked at in time; the same goes on");
    }
    if (session != null && revocation.matched() == 0) {
      System.err.println("aipaging: no live session " + session);
      return ExitCode.FAILED;
    }
    return revocation.complete() && revocation.ending() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }
}

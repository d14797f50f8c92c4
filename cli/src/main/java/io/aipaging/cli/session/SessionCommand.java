package io.aipaging.cli.session;

import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.Relocation;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionList;
import io.aipaging.openapi.paging.TokenBinding;
import io.aipaging.openapi.paging.Ue;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aipaging session …}: pages, reads, renews, relocates, releases, revokes, lists. */
@Command(
    name = "session",
    description = "Pages and looks after sessions at a running AIPF.",
    mixinStandardHelpOptions = true,
    subcommands = RevokeCommand.class)
public final class SessionCommand {
  private static final int KEPT_OLD_PATH = 1;
  private final Output output = new Output();

  /** Options every subcommand has. */
  static final class Common {
    @Mixin ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--json", description = "Print the answer as one line of JSON.")
    boolean json;
  }

  @Command(name = "page", description = "Pages.", mixinStandardHelpOptions = true)
  int page(
      @Mixin Common common,
      @Option(names = "--ue", required = true, paramLabel = "ADDRESS", description = "UE address.")
          String ue,
      @Option(
              names = "--text",
              paramLabel = "SENTENCE",
              description = "What the user wants, in words.")
          @Nullable String text,
      @Option(names = "--task", paramLabel = "TASK", description = "Task, such as EMBEDDING.")
          @Nullable String task,
      @Option(names = "--tier", paramLabel = "TIER", description = "ECONOMY, STANDARD or PREMIUM.")
          @Nullable String tier,
      @Option(
              names = "--latency-ms-max",
              paramLabel = "MS",
              description = "Longest acceptable answer time.")
          @Nullable Integer latencyMsMax,
      @Option(
              names = "--residency",
              split = ",",
              paramLabel = "REGION",
              description = "Where data may be processed, such as EU or DE.")
          @Nullable List<String> residency,
      @Option(names = "--af", paramLabel = "AF-ID", description = "App this is for.")
          @Nullable String af,
      @Option(names = "--duration", paramLabel = "SECONDS", description = "Session length.")
          @Nullable Integer duration)
      throws IOException {
    Intent intent = new Intent(text, task, tier, latencyMsMax, residency, null, null);
    CreateSession request =
        new CreateSession(
            af, new Ue(ue, null, null, null), intent, TokenBinding.ueAddress(), duration);
    String key = UUID.randomUUID().toString();
    return common.connection.run(
        aipf ->
            show(
                common,
                aipf.createSession(common.connection.call().withIdempotencyKey(key), request)));
  }

  @Command(name = "get", description = "Reads a session.", mixinStandardHelpOptions = true)
  int get(@Mixin Common common, @Parameters(paramLabel = "SESSION") String session)
      throws IOException {
    return common.connection.run(
        aipf -> show(common, aipf.getSession(common.connection.call(), new GetSession(session))));
  }

  @Command(
      name = "renew",
      description = "Extends a session and gets a new token.",
      mixinStandardHelpOptions = true)
  int renew(
      @Mixin Common common,
      @Parameters(paramLabel = "SESSION") String session,
      @Option(names = "--duration", paramLabel = "SECONDS", description = "New length from now.")
          @Nullable Integer duration)
      throws IOException {
    return common.connection.run(
        aipf ->
            show(
                common,
                aipf.renewSession(common.connection.call(), new RenewSession(session, duration))));
  }

  @Command(
      name = "relocate",
      description = "Moves a session to another anchor, make-before-break.",
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {"0:moved", "1:the old path was kept"})
  int relocate(
      @Mixin Common common,
      @Parameters(paramLabel = "SESSION") String session,
      @Option(names = "--to", paramLabel = "ANCHOR", description = "Target; default: the best.")
          @Nullable String target)
      throws IOException {
    return common.connection.run(
        aipf -> {
          Relocation relocation =
              aipf.relocateSession(common.connection.call(), new RelocateSession(session, target));
          if (common.json) {
            output.json(relocation);
          } else {
            output.line("outcome", relocation.outcome());
            output.line("from", relocation.fromAnchorId());
            output.line("to", relocation.toAnchorId());
            output.line("cause", relocation.cause());
          }
          return relocation.outcome().equals("MOVED") ? CommandLine.ExitCode.OK : KEPT_OLD_PATH;
        });
  }

  @Command(name = "release", description = "Ends a session.", mixinStandardHelpOptions = true)
  int release(@Mixin Common common, @Parameters(paramLabel = "SESSION") String session)
      throws IOException {
    return common.connection.run(
        aipf -> {
          aipf.releaseSession(common.connection.call(), new ReleaseSession(session));
          if (!common.json) {
            output.line("released", session);
          }
          return CommandLine.ExitCode.OK;
        });
  }

  @Command(name = "list", description = "Lists sessions.", mixinStandardHelpOptions = true)
  int list(@Mixin Common common, @Mixin SessionFilter filter) throws IOException {
    return common.connection.run(
        aipf -> {
          SessionList sessions = aipf.listSessions(common.connection.call(), filter.request());
          if (common.json) {
            output.json(sessions);
          } else {
            output.table(sessions.sessions());
            output.line("more:", sessions.nextPageToken());
          }
          return CommandLine.ExitCode.OK;
        });
  }

  private int show(Common common, Session session) {
    if (common.json) {
      output.json(session);
    } else {
      output.session(session);
    }
    return CommandLine.ExitCode.OK;
  }
}

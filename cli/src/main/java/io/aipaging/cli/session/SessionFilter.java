package io.aipaging.cli.session;

import io.aipaging.openapi.paging.ListSessions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which sessions to list; all of them must fit. */
final class SessionFilter {
  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only sessions in this state, such as ending.")
  private @Nullable String state;

  @Option(names = "--ue", paramLabel = "ADDRESS", description = "Only this UE's.")
  private @Nullable String ue;

  @Option(
      names = {"--af", "--app"},
      paramLabel = "AF-ID",
      description = "Only this app's.")
  private @Nullable String af;

  @Option(
      names = "--anchor",
      paramLabel = "ANCHOR",
      description = "Only those with a live lease at this anchor.")
  private @Nullable String anchor;

  @Option(names = "--aisi", paramLabel = "AISI", description = "Only those of this AI service.")
  private @Nullable String aisi;

  @Option(
      names = "--ends-before",
      paramLabel = "TIME",
      description = "Only those that end earlier unless extended, such as 2026-01-31T12:00:00Z.")
  private @Nullable Instant endsBefore;

  @Option(names = "--limit", paramLabel = "COUNT", description = "At most so many (default: 100).")
  private @Nullable Integer limit;

  @Option(names = "--page-token", paramLabel = "TOKEN", description = "From the last page.")
  private @Nullable String pageToken;

  ListSessions request() {
    return new ListSessions(state, ue, af, anchor, aisi, endsBefore, limit, pageToken);
  }
}

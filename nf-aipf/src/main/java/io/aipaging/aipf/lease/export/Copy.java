package io.aipaging.aipf.lease.export;

import io.aipaging.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of an export. Each is a JSON object; a session's and an evidence record's are wrapped
 * without touching a byte of them, so that hashes stay what they are.
 */
final class Copy {
  /** Newest form this program reads, and the one it writes. */
  static final int FORMAT = 1;

  private static final String SESSION = "{\"session\":";
  private static final String EVIDENCE = "{\"evidence\":";
  private static final Pattern HEADER =
      Pattern.compile("\\{\"aipagingStoreExport\":(\\d{1,9}),\"at\":\"([^\"]{1,40})\"}");
  private static final Pattern FORGOTTEN =
      Pattern.compile("\\{\"forgotten\":\"([A-Za-z0-9_-]{8,64})\",\"atMs\":(-?\\d{1,18})}");
  private static final Pattern END =
      Pattern.compile(
          "\\{\"sessions\":(\\d{1,18}),\"live\":(\\d{1,18}),\"forgotten\":(\\d{1,18}),"
              + "\"evidence\":(\\d{1,18}),\"sha256\":\"([0-9a-f]{64})\"}");

  private Copy() {}

  /** One line. */
  sealed interface Line {
    /**
     * The first line.
     *
     * @param format form of all that follows
     */
    record Header(int format) implements Line {}

    /**
     * A session; its evidence follows.
     *
     * @param json its bytes
     */
    record Row(String json) implements Line {}

    /**
     * A session whose row is gone; its evidence follows.
     *
     * @param id session
     * @param at when
     */
    record Forgotten(SessionId id, Instant at) implements Line {}

    /**
     * A record of the session before it.
     *
     * @param canonical its bytes
     */
    record Evidence(String canonical) implements Line {}

    /**
     * The last line.
     *
     * @param totals of all before it
     * @param sha256 of the bytes of all lines before it
     */
    record End(Totals totals, String sha256) implements Line {}
  }

  static String header(Instant at) {
    return "{\"aipagingStoreExport\":" + FORMAT + ",\"at\":\"" + at + "\"}";
  }

  static String session(byte[] json) {
    return SESSION + new String(json, StandardCharsets.UTF_8) + "}";
  }

  static String forgotten(SessionId id, Instant at) {
    return "{\"forgotten\":\"" + id.value() + "\",\"atMs\":" + at.toEpochMilli() + "}";
  }

  static String evidence(String canonical) {
    return EVIDENCE + canonical + "}";
  }

  static String end(Totals totals, String sha256) {
    return String.format(
        "{\"sessions\":%d,\"live\":%d,\"forgotten\":%d,\"evidence\":%d,\"sha256\":\"%s\"}",
        totals.sessions(), totals.live(), totals.forgotten(), totals.evidence(), sha256);
  }

  /** Reads a line; throws {@link ImportRefused} when it is none. */
  static Line parse(String line) {
    if (line.startsWith(EVIDENCE) && line.endsWith("}")) {
      return new Line.Evidence(line.substring(EVIDENCE.length(), line.length() - 1));
    }
    if (line.startsWith(SESSION) && line.endsWith("}")) {
      return new Line.Row(line.substring(SESSION.length(), line.length() - 1));
    }
    Matcher forgotten = FORGOTTEN.matcher(line);
    if (forgotten.matches()) {
      return new Line.Forgotten(
          new SessionId(forgotten.group(1)),
          Instant.ofEpochMilli(Long.parseLong(forgotten.group(2))));
    }
    Matcher header = HEADER.matcher(line);
    if (header.matches()) {
      return new Line.Header(Integer.parseInt(header.group(1)));
    }
    Matcher end = END.matcher(line);
    if (end.matches()) {
      return new Line.End(
          new Totals(number(end, 1), number(end, 2), number(end, 3), number(end, 4)), end.group(5));
    }
    throw new ImportRefused("a line is not one of an export");
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }
}

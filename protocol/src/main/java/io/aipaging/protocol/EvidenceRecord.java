package io.aipaging.protocol;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * EVI: one record per state transition (lease-protocol §7). Never holds a prompt, a completion, a
 * SUPI, a GPSI or a UE address.
 *
 * @param time when the transition was decided, ms
 * @param type what happened, such as {@code SESSION_ACTIVE}; upper case with underscores
 * @param session session
 * @param lease lease it is about, or null
 * @param gen fencing generation of the COMMIT signed with it, or null
 * @param aisi AI service, or null while not resolved
 * @param anchor anchor id, or null
 * @param from state before, or null for the first
 * @param to state after
 * @param reason end reason, or null
 * @param trigger what caused it, or null
 * @param subject keyed hash of the subscriber
 * @param commitSha256 SHA-256 of the COMMIT signed with it, hexadecimal, or null
 * @param seq 1 and up, per session, without gaps
 * @param prevSha256 SHA-256 of the previous record's canonical form; 64 zeros for the first
 */
public record EvidenceRecord(
    Instant time,
    String type,
    SessionId session,
    @Nullable LeaseId lease,
    @Nullable Long gen,
    @Nullable Aisi aisi,
    @Nullable String anchor,
    @Nullable String from,
    String to,
    @Nullable String reason,
    @Nullable String trigger,
    String subject,
    @Nullable String commitSha256,
    long seq,
    String prevSha256) {
  /** {@code prevSha256} of a session's first record. */
  public static final String GENESIS = "0".repeat(64);

  /** Longest canonical form, bytes. */
  public static final int BYTES_MAX = 1_024;

  private static final long VERSION = 1;
  private static final Form WORD = new Form("A-Z", "A-Z0-9_", 1, 64);
  private static final Form SHA256 = Form.of("0-9a-f", 64, 64);

  public EvidenceRecord {
    time = time.truncatedTo(ChronoUnit.MILLIS);
    Checks.time("t_ms", time);
    Checks.matches("type", type, WORD);
    Checks.matches("to", to, WORD);
    matchesOrNull("from", from, WORD);
    matchesOrNull("reason", reason, WORD);
    matchesOrNull("trigger", trigger, WORD);
    matchesOrNull("commit_sha256", commitSha256, SHA256);
    Checks.pseudonym("subject", subject);
    Checks.counter("seq", seq);
    if (gen != null) {
      Checks.counter("gen", gen);
    }
    Checks.matches("prev_sha256", prevSha256, SHA256);
    if (anchor != null) {
      Checks.id("anchor", anchor);
    }
  }

  private static void matchesOrNull(String member, @Nullable String value, Form form) {
    if (value != null) {
      Checks.matches(member, value, form);
    }
  }

  /**
   * Canonical JSON (RFC 8785): the bytes that are hashed and kept. Written straight away: members
   * stand in their order here, and no value has a character that JSON escapes.
   */
  public String canonical() {
    StringBuilder json = new StringBuilder(BYTES_MAX / 2);
    text(json, "aisi", aisi == null ? null : aisi.toString());
    text(json, "anchor", anchor);
    text(json, "commit_sha256", commitSha256);
    text(json, "from", from);
    number(json, "gen", gen);
    text(json, "lid", lease == null ? null : lease.value());
    text(json, "prev_sha256", prevSha256);
    text(json, "reason", reason);
    number(json, "seq", seq);
    text(json, "sid", session.value());
    text(json, "subject", subject);
    number(json, "t_ms", time.toEpochMilli());
    text(json, "to", to);
    text(json, "trigger", trigger);
    text(json, "type", type);
    number(json, "v", VERSION);
    String canonical = json.append('}').toString();
    if (canonical.length() > BYTES_MAX) {
      throw new IllegalStateException("evidence record is longer than 1 KiB");
    }
    return canonical;
  }

  private static void text(StringBuilder json, String name, @Nullable String value) {
    if (value != null) {
      name(json, name).append('"').append(value).append('"');
    }
  }

  private static void number(StringBuilder json, String name, @Nullable Long value) {
    if (value != null) {
      name(json, name).append(value.longValue());
    }
  }

  private static StringBuilder name(StringBuilder json, String name) {
    return json.append(json.isEmpty() ? '{' : ',').append('"').append(name).append("\":");
  }

  /** Reads a canonical form; throws {@link IllegalArgumentException} when it is not one. */
  public static EvidenceRecord parse(String canonical) {
    Checks.that(canonical.length() <= BYTES_MAX, "longer than 1 KiB");
    Claims claims = Claims.parse(canonical);
    Checks.that(claims.number("v") == VERSION, "unknown version");
    String lease = claims.textOrNull("lid");
    String aisi = claims.textOrNull("aisi");
    EvidenceRecord parsed =
        new EvidenceRecord(
            claims.millis("t_ms"),
            claims.text("type"),
            new SessionId(claims.text("sid")),
            lease == null ? null : new LeaseId(lease),
            claims.node().has("gen") ? claims.number("gen") : null,
            aisi == null ? null : Aisi.parse(aisi),
            claims.textOrNull("anchor"),
            claims.textOrNull("from"),
            claims.text("to"),
            claims.textOrNull("reason"),
            claims.textOrNull("trigger"),
            claims.text("subject"),
            claims.textOrNull("commit_sha256"),
            claims.number("seq"),
            claims.text("prev_sha256"));
    Checks.that(parsed.canonical().equals(canonical), "not in canonical form");
    return parsed;
  }
}

package io.aipaging.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.erdtman.jcs.JsonCanonicalizer;
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

  private static final int VERSION = 1;
  private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

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

  private static void matchesOrNull(String member, @Nullable String value, Pattern pattern) {
    if (value != null) {
      Checks.matches(member, value, pattern);
    }
  }

  /** Canonical JSON (RFC 8785): the bytes that are hashed and kept. */
  public String canonical() {
    ObjectNode node = StrictJson.MAPPER.createObjectNode();
    node.put("v", VERSION).put("t_ms", time.toEpochMilli()).put("type", type);
    node.put("sid", session.value()).put("to", to).put("subject", subject).put("seq", seq);
    node.put("prev_sha256", prevSha256);
    put(node, "lid", lease == null ? null : lease.value());
    put(node, "aisi", aisi == null ? null : aisi.toString());
    put(node, "anchor", anchor);
    put(node, "from", from);
    put(node, "reason", reason);
    put(node, "trigger", trigger);
    put(node, "commit_sha256", commitSha256);
    if (gen != null) {
      node.put("gen", gen);
    }
    String canonical = canonicalize(StrictJson.write(node));
    if (canonical.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
      throw new IllegalStateException("evidence record is longer than 1 KiB");
    }
    return canonical;
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  static String canonicalize(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedString();
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
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

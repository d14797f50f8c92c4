package io.aipaging.aipf.evidence;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.EvidenceRecord;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a transition says of itself. It becomes an {@link EvidenceRecord} inside the append that
 * stores the transition, because only there the record before it is known.
 *
 * @param time when the transition was decided
 * @param type what happened, such as {@code SESSION_ACTIVE}
 * @param session session
 * @param aisi AI service
 * @param subject keyed hash of the subscriber
 * @param from state before, or null for the first
 * @param to state after
 * @param about lease it is about, or null when it is about the session alone
 * @param why reason and trigger
 */
public record EvidenceDraft(
    Instant time,
    String type,
    SessionId session,
    Aisi aisi,
    String subject,
    @Nullable String from,
    String to,
    @Nullable About about,
    Why why) {
  private static final int WORD_CHARACTERS_MAX = 64;

  /**
   * The lease a transition is about.
   *
   * @param lease lease
   * @param anchor its anchor's id
   * @param gen generation of the COMMIT signed with the transition, or null when none was
   * @param commitSha256 SHA-256 of that COMMIT, hexadecimal, or null
   */
  public record About(
      LeaseId lease, String anchor, @Nullable Long gen, @Nullable String commitSha256) {
    /** A lease without a new COMMIT. */
    public static About lease(LeaseId lease, String anchor) {
      return new About(lease, anchor, null, null);
    }

    /** A COMMIT signed with the transition. */
    public static About commit(Commit commit, String sha256) {
      return new About(commit.lease(), commit.anchor().id(), commit.gen(), sha256);
    }
  }

  /**
   * Why a transition happened.
   *
   * @param reason end reason, or null when nothing ended
   * @param trigger what caused it, or null
   */
  public record Why(@Nullable String reason, @Nullable String trigger) {
    /** It is the next step of its procedure. */
    public static final Why PROCEDURE = new Why(null, null);

    public Why {
      trigger = trigger == null ? null : word(trigger);
    }
  }

  /** {@code text} as evidence can hold it: upper case, digits, underscores, at most 64. */
  public static String word(String text) {
    String word = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    String begun = word.isEmpty() || !Character.isLetter(word.charAt(0)) ? "X" + word : word;
    return begun.substring(0, Math.min(begun.length(), WORD_CHARACTERS_MAX));
  }

  /** The record that follows {@code head}. */
  public EvidenceRecord after(EvidenceHead head) {
    return new EvidenceRecord(
        time,
        type,
        session,
        about == null ? null : about.lease(),
        about == null ? null : about.gen(),
        aisi,
        about == null ? null : about.anchor(),
        from,
        to,
        why.reason(),
        why.trigger(),
        subject,
        about == null ? null : about.commitSha256(),
        head.seq() + 1,
        head.sha256());
  }
}

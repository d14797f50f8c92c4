package io.aipaging.aipf.lease.export;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreDump.Part;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.EvidenceRecord;
import org.jspecify.annotations.Nullable;

/** What must hold for one session and its evidence. */
final class PartCheck {
  private PartCheck() {}

  /** What does not hold, or null. */
  static @Nullable String fault(Part part) {
    return switch (EvidenceChain.verify(part.evidence())) {
      case EvidenceChain.Verdict.Broken(long seq, String what) ->
          "session " + part.id() + ": evidence record " + seq + ": " + what;
      case EvidenceChain.Verdict.Verified whole -> fault(part, whole.records());
    };
  }

  private static @Nullable String fault(Part part, int records) {
    Session session = part.session();
    if (records == 0) {
      return "session " + part.id() + ": its evidence is gone";
    }
    if (!EvidenceRecord.parse(part.evidence().getFirst()).session().equals(part.id())) {
      return "session " + part.id() + ": its evidence is another session's";
    }
    if (session == null) {
      return null;
    }
    if (!session.id().equals(part.id())) {
      return "session " + part.id() + ": its row is another session's";
    }
    if (!hasOwnToken(session)) {
      return "session " + part.id() + ": its token is none of its own";
    }
    return session.version() == records
        ? null
        : "session "
            + part.id()
            + ": made "
            + session.version()
            + " transitions and has "
            + records
            + " evidence records";
  }

  private static boolean hasOwnToken(Session session) {
    try {
      return session.token() == null || session.token().aist().session().equals(session.id());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

package io.aipaging.cli.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.openapi.paging.AnchorView;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.sbi.Json;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Renders answers for people or, with {@code --json}, for machines. */
final class Output {
  private static final String SESSIONS = "%-24s %-11s %-16s %-10s %-21s %s%n";
  private static final String ANCHORS = "%-16s %-10s %-7s %-9s %-16s %s%n";
  private final PrintStream out = System.out;

  /** One JSON document on one line. */
  void json(Object value) {
    try {
      out.println(Json.MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("wire records always serialize", e);
    }
  }

  /** One session, in full. */
  void session(Session session) {
    line("session", session.sessionId());
    line("state", session.state() + reason(session.endReason()));
    line("ue", session.ueAddress());
    line("aisi", session.aisi());
    line("service", session.serviceUri());
    line("expires", session.expiresAt() + " (at the latest " + session.expiresAtMax() + ")");
    line("qos", session.qos().status() + reason(session.qos().cause()));
    session.leases().forEach(lease -> line("lease", describe(lease)));
    if (session.token() != null) {
      line("token", session.token().tokenType() + " " + session.token().accessToken());
    }
  }

  private static String describe(SessionLease lease) {
    return "%s at anchor %s (%s), gen %d, %s until %s%s"
        .formatted(
            lease.leaseId(),
            lease.anchorId(),
            lease.dnai(),
            lease.gen(),
            lease.state(),
            lease.expiresAt(),
            reason(lease.endReason()));
  }

  private static String reason(@org.jspecify.annotations.Nullable String reason) {
    return reason == null ? "" : " (" + reason + ")";
  }

  /** A table of sessions. */
  void table(List<Session> sessions) {
    out.printf(SESSIONS, "SESSION", "STATE", "UE", "ANCHOR", "ENDS", "AISI");
    for (Session session : sessions) {
      String anchors =
          session.leases().stream()
              .filter(lease -> !lease.state().equals("ENDED"))
              .map(SessionLease::anchorId)
              .collect(Collectors.joining("+"));
      out.printf(
          SESSIONS,
          session.sessionId(),
          session.state(),
          session.ueAddress(),
          anchors.isEmpty() ? "-" : anchors,
          session.expiresAt().truncatedTo(ChronoUnit.SECONDS),
          (session.aisi() == null ? "-" : session.aisi()) + reason(session.endReason()));
    }
  }

  /** A table of anchors. */
  void anchors(List<AnchorView> anchors) {
    out.printf(ANCHORS, "ANCHOR", "CONDITION", "DRAINS", "SLOTS", "DNAI", "SERVES");
    for (AnchorView anchor : anchors) {
      out.printf(
          ANCHORS,
          anchor.anchorId(),
          anchor.condition(),
          anchor.draining() ? "yes" : "no",
          anchor.slotsTotal() == null ? "-" : anchor.slotsHeld() + "/" + anchor.slotsTotal(),
          anchor.dnai(),
          anchor.aisis().size() == 1
              ? anchor.aisis().getFirst()
              : anchor.aisis().size() + " services");
    }
  }

  /** A labelled line. */
  void line(String label, @org.jspecify.annotations.Nullable Object value) {
    if (value != null) {
      out.printf("%-8s %s%n", label, value);
    }
  }
}

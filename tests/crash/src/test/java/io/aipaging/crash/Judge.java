package io.aipaging.crash;

import io.aipaging.crash.Told.Promise;
import io.aipaging.openapi.paging.Session;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.EvidenceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says what is wrong with what is read now, after what was told before; pure. */
final class Judge {
  /** A terminal session stays readable at least so long (lease-protocol §4). */
  static final Duration READABLE = Duration.ofMinutes(6);

  private Judge() {}

  /**
   * Judges one session.
   *
   * @param before what had been told when the reading began
   * @param after the same when it had ended: what was asked for meanwhile may show
   * @param seen the session, empty when it is not found
   * @param readAt when the reading had ended
   */
  static List<String> of(Told before, Told after, Optional<Session> seen, Instant readAt) {
    List<String> faults = new ArrayList<>();
    if (seen.isEmpty()) {
      if (readAt.isBefore(before.liveAt().plus(READABLE))) {
        faults.add("is lost");
      }
    } else if (Told.live(seen.get())) {
      live(before, seen.get(), faults);
    } else {
      over(before, after, seen.get(), readAt, faults);
    }
    return faults.stream()
        .map(
            fault -> "session %s %s; told: %s; seen: %s".formatted(id(before), fault, before, seen))
        .toList();
  }

  private static String id(Told told) {
    return told.session() + " of " + told.ue();
  }

  private static void live(Told before, Session seen, List<String> faults) {
    if (before.terminal() != null) {
      faults.add("lives again after " + before.terminal());
    }
    if (before.end() == Told.End.ANSWERED) {
      faults.add("lives although its release was answered");
    }
    if (seen.expiresAt().isBefore(before.expiresAt())) {
      faults.add("ends earlier than promised");
    }
    Promise promised = before.serving();
    if (promised != null && !kept(promised, seen)) {
      faults.add("has not kept its lease");
    }
  }

  /** The same lease not older and not shorter, or a newer one in its place. */
  private static boolean kept(Promise promised, Session seen) {
    return seen.leases().stream()
        .anyMatch(
            lease ->
                lease.leaseId().equals(promised.lease()) && lease.state().equals("SERVING")
                    ? lease.gen() >= promised.gen()
                        && !lease.expiresAt().isBefore(promised.expiresAt())
                    : lease.gen() > promised.gen());
  }

  private static void over(
      Told before, Told after, Session seen, Instant readAt, List<String> faults) {
    Promise promised = before.serving();
    boolean unasked = after.end() == Told.End.NOT_ASKED;
    if (unasked && promised != null && readAt.isBefore(promised.expiresAt())) {
      faults.add("ended by itself (" + seen.endReason() + ") before the end of its lease");
    }
    if (before.terminal() != null && !before.terminal().equals(seen.state())) {
      faults.add("is no longer " + before.terminal());
    }
  }

  /** Judges the evidence of a session: unbroken, and nothing told is missing in it. */
  static List<String> evidence(Told told, List<String> records) {
    List<String> faults = new ArrayList<>();
    switch (EvidenceChain.verify(records)) {
      case EvidenceChain.Verdict.Broken(long seq, String fault) ->
          faults.add("record " + seq + ": " + fault);
      case EvidenceChain.Verdict.Verified _ -> missing(told, parsed(records), faults);
    }
    return faults.stream().map(fault -> "evidence of " + id(told) + ": " + fault).toList();
  }

  static List<EvidenceRecord> parsed(List<String> records) {
    return records.stream().map(EvidenceRecord::parse).toList();
  }

  private static void missing(Told told, List<EvidenceRecord> records, List<String> faults) {
    Set<Long> missing = new TreeSet<>(told.gens());
    records.stream().map(EvidenceRecord::gen).filter(Objects::nonNull).forEach(missing::remove);
    if (!missing.isEmpty()) {
      faults.add("no record of generations " + missing);
    }
    String last = records.isEmpty() ? "none" : records.getLast().to();
    if (told.terminal() != null && !told.terminal().equals(last)) {
      faults.add("its last state is " + last + ", not " + told.terminal());
    }
  }
}

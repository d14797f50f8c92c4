package io.aipaging.crash;

import io.aipaging.protocol.EvidenceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the evidence of all sessions says about moments at which a process was killed. */
final class Timeline {
  /** Records that are followed by another one as soon as somebody works on it. */
  private static final Set<String> UNDER_WAY =
      Set.of(
          "SESSION_PREPARING",
          "LEASE_COMMITTED",
          "SESSION_RELOCATING",
          "UP_PATH_CHANGED",
          "LEASE_DRAINING",
          "LEASE_SERVING_AGAIN",
          "SESSION_ENDING");

  private final Collection<List<EvidenceRecord>> chains;

  /**
   * A timeline.
   *
   * @param chains all records of each session, in order
   */
  Timeline(Collection<List<EvidenceRecord>> chains) {
    this.chains = List.copyOf(chains);
  }

  /**
   * Work that was under way at a moment.
   *
   * @param record how far it was
   * @param next what came after it, however much later
   */
  record UnderWay(EvidenceRecord record, EvidenceRecord next) {
    Duration after(Instant moment) {
      return Duration.between(moment, next.time());
    }
  }

  /** Everything that was under way at {@code moment} and has gone on since. */
  List<UnderWay> at(Instant moment) {
    List<UnderWay> found = new ArrayList<>();
    for (List<EvidenceRecord> chain : chains) {
      for (int i = 1; i < chain.size(); i++) {
        EvidenceRecord before = chain.get(i - 1);
        EvidenceRecord after = chain.get(i);
        if (UNDER_WAY.contains(before.type())
            && before.time().isBefore(moment)
            && after.time().isAfter(moment)) {
          found.add(new UnderWay(before, after));
        }
      }
    }
    return found;
  }

  /** How often which step was under way at one of {@code moments}. */
  Map<String, Integer> steps(List<Instant> moments) {
    Map<String, Integer> steps = new TreeMap<>();
    for (Instant moment : moments) {
      at(moment).forEach(each -> steps.merge(each.record().type(), 1, Integer::sum));
    }
    return steps;
  }

  /** How much later than at the latest they were due leases were renewed; zero is not told. */
  List<Duration> renewedLate(Duration leaseTerm) {
    Duration due = leaseTerm.dividedBy(2).plus(leaseTerm.dividedBy(10));
    List<Duration> late = new ArrayList<>();
    for (List<EvidenceRecord> chain : chains) {
      Instant granted = null;
      for (EvidenceRecord each : chain) {
        if (granted != null && each.type().equals("LEASE_RENEWED")) {
          Duration by = Duration.between(granted.plus(due), each.time());
          if (by.isPositive()) {
            late.add(by);
          }
        }
        granted = each.commitSha256() == null ? granted : each.time();
      }
    }
    return late.stream().sorted().toList();
  }
}

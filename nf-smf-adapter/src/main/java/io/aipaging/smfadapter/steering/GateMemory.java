package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.Fences;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionFence;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.protocol.enforcer.EnforcerClock.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a gate must still know after a restart: fences, which grant is which lease's, and up to
 * where grant ids are spent. Journal lines are {@code fence <json>}, {@code lease <fields>}, {@code
 * intent <fields>}, {@code gone <lease>} and {@code spent <grant id>}; the last line about a thing
 * wins, but an intent only makes longer what is known. Not thread-safe.
 */
final class GateMemory {
  private static final int IDS_PER_BLOCK = 4_096;
  private static final int COMPACT_ABOVE_MIN = 10_000;
  private static final int LEASE_FIELDS = 20;

  private final GateJournal journal;
  private final Duration skewBound;
  private final Duration skewMargin;
  private final Fences fences = new Fences();
  private final Map<LeaseId, CarriedLease> recovered = new HashMap<>();
  private long spentUpTo;
  private long lastId;
  private int compactAbove = COMPACT_ABOVE_MIN;

  /** Reads the journal. */
  GateMemory(GateJournal journal, Moment now, EnforcerClock clock) {
    this.journal = journal;
    this.skewBound = clock.skewBound();
    this.skewMargin = clock.skewMargin();
    // Without a journal nobody knows which ids connections still remember: ids that follow the
    // seconds since 1970 stay ahead of them unless a gate made more than a grant per second.
    this.spentUpTo = Math.min(now.wall().getEpochSecond(), GrantId.MAX);
    this.lastId = spentUpTo;
    journal.recovered().forEach(line -> load(line, now));
  }

  Fences fences() {
    return fences;
  }

  /** Leases that had not ended when the journal was last written. */
  Collection<CarriedLease> recovered() {
    return List.copyOf(recovered.values());
  }

  /** An id never given before, also not by a process before this one. */
  GrantId nextGrantId() {
    if (lastId == spentUpTo) {
      long block = Math.min(spentUpTo + IDS_PER_BLOCK, GrantId.MAX);
      if (block == spentUpTo) {
        throw new IllegalStateException("this gate has used up its grant ids");
      }
      journal.append(List.of("spent " + block));
      spentUpTo = block;
    }
    lastId++;
    return new GrantId(lastId);
  }

  /**
   * Remembers which leases a step makes longer before it does: a gate that is killed in between
   * would otherwise forget them while its kernel still carries them. It does not count as done: the
   * next process says that it holds the generation before, so that the COMMIT is brought again. A
   * power cut empties the kernel too, so nobody has to wait for the disk.
   */
  void intend(StepPlan plan) {
    List<String> lines =
        plan.next().values().stream()
            .filter(lease -> plan.isLonger(lease))
            .map(lease -> "intent " + fields(lease))
            .toList();
    if (!lines.isEmpty()) {
      journal.note(lines);
    }
  }

  /** Remembers a step for good, then takes its fence into account. */
  void remember(SessionId session, SessionFence fence, StepPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("fence " + Fences.line(session, fence));
    plan.next().values().forEach(lease -> lines.add("lease " + fields(lease)));
    plan.gone().forEach(lease -> lines.add("gone " + lease.lease()));
    journal.append(lines);
    fences.set(session, fence);
  }

  /** Leaves out what is no longer needed, when that has become much. */
  void compact(Instant now, Collection<CarriedLease> carried) {
    if (journal.lines() > compactAbove) {
      rewrite(now, carried);
    }
  }

  /** Leaves out what is no longer needed. */
  void rewrite(Instant now, Collection<CarriedLease> carried) {
    fences.prune(now, skewBound);
    List<String> lines = new ArrayList<>();
    lines.add("spent " + spentUpTo);
    fences.lines().forEach(fence -> lines.add("fence " + fence));
    carried.forEach(lease -> lines.add("lease " + fields(lease)));
    journal.rewrite(lines);
    compactAbove = Math.max(COMPACT_ABOVE_MIN, 4 * lines.size());
  }

  private void load(String line, Moment now) {
    String[] kind = line.split(" ", 2);
    switch (kind[0]) {
      case "fence" -> fences.load(kind[1]);
      case "lease" -> {
        String[] fields = kind[1].split(" ", -1);
        if (fields.length == LEASE_FIELDS) { // an earlier version's leases end at this start
          CarriedLease lease = parse(fields, now);
          recovered.put(lease.lease(), lease);
        }
      }
      case "intent" -> {
        CarriedLease longer = parse(kind[1].split(" ", -1), now);
        recovered.computeIfPresent(longer.lease(), (_, known) -> known.lasting(longer));
      }
      case "gone" -> recovered.remove(new LeaseId(kind[1]));
      case "spent" -> {
        spentUpTo = Long.parseLong(kind[1]);
        lastId = spentUpTo;
      }
      default -> throw new IllegalStateException("the journal has a line of a later version");
    }
  }

  private static String fields(CarriedLease lease) {
    ServiceEndpoint service = lease.flow().service();
    return String.join(
        " ",
        lease.lease().value(),
        lease.session().value(),
        lease.grant().id().toString(),
        lease.grant().anchor().toString(),
        Long.toString(lease.gen()),
        lease.role().name(),
        Long.toString(lease.expiresAt().toEpochMilli()),
        lease.flow().ue().toString(),
        service.address().getHostAddress(),
        service.protocol().name(),
        Integer.toString(service.port()),
        lease.about().aisi().toString(),
        lease.about().anchor().id(),
        lease.about().anchor().dnai(),
        Long.toString(lease.deadlineNanos()),
        QosFields.write(lease.grant().qos()));
  }

  /**
   * The deadline is the earlier one of what wall time says and what steady time said: as long as a
   * kernel still carries the lease the machine has not booted, its steady clock has gone on, and a
   * wall clock that is wrong now makes nothing longer.
   */
  private CarriedLease parse(String[] fields, Moment now) {
    Instant expiresAt = Instant.ofEpochMilli(Long.parseLong(fields[6]));
    long byWall = now.nanos() + Duration.between(now.wall(), expiresAt).minus(skewMargin).toNanos();
    long bySteady = Long.parseLong(fields[14]);
    TransportAddress endpoint = TransportAddress.parse(fields[3]);
    Flow flow =
        new Flow(
            UeAddress.parse(fields[7]),
            ServiceEndpoint.of(fields[8], fields[9], Integer.parseInt(fields[10])));
    return new CarriedLease(
        new LeaseId(fields[0]),
        new SessionId(fields[1]),
        new CarriedLease.About(
            Aisi.parse(fields[11]), new AnchorRef(fields[12], fields[13], endpoint), flow),
        new Grant(
            new GrantId(Long.parseLong(fields[2])),
            endpoint,
            QosFields.read(fields, 15),
            fields[13],
            new SessionId(fields[1])),
        Long.parseLong(fields[4]),
        CommitRole.valueOf(fields[5]),
        expiresAt,
        bySteady - byWall < 0 ? bySteady : byWall);
  }
}

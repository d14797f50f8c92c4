package io.aipaging.aipf.world;

import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.memory.InMemoryLeaseStore;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.SigningKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What outlives an AIPF process: clock, enforcers, the core's QoS, the store, the Set's keys. */
public final class Network {
  final ManualClock clock = new ManualClock();
  final Faults faults = new Faults();
  final LeaseTerms terms;
  final SigningKeys keys = SigningKeys.generate();
  final KeySet published = KeySet.ofJwks(keys.jwks());
  final Map<String, FakeAnchor> anchors = new TreeMap<>();
  final FakeGate gate;
  final FakeQos qos;
  final InMemoryLeaseStore store;

  Network(LeaseTerms terms, int sessionsMax) {
    this.terms = terms;
    for (String id : List.of("anchor-a", "anchor-b", "anchor-c", "anchor-d")) {
      anchors.put(id, new FakeAnchor(id, verifier(FakeAnchor.agentId(id)), clock, faults));
    }
    gate = new FakeGate(verifier(FakeGate.ID), clock, faults, anchors);
    qos = new FakeQos(clock, faults);
    store = new InMemoryLeaseStore(sessionsMax, Duration.ofDays(1));
  }

  /** As a process reaches it while it lives. */
  Enforcement.Peers reachedBy(Life life) {
    return new Enforcement.Peers(
        id ->
            id.equals(FakeGate.ID)
                ? Optional.of(life.through(NsmfadapterSteering.class, gate))
                : Optional.empty(),
        id ->
            Optional.ofNullable(anchors.get(id))
                .map(anchor -> life.through(NaexfAdmission.class, anchor)),
        life.through(NpcfadapterQosbinding.class, qos));
  }

  private CommitVerifier verifier(String enforcerId) {
    return new CommitVerifier(published, World.SET, enforcerId, terms.skewBound());
  }
}

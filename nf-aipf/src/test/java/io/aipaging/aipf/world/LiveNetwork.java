package io.aipaging.aipf.world;

import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.SigningKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** Gate, anchors and core in memory, on the system's clock. */
public final class LiveNetwork {
  public final Faults faults = new Faults();
  public final Map<String, FakeAnchor> anchors = new TreeMap<>();
  public final FakeGate gate;
  public final FakeQos qos;

  public LiveNetwork(SigningKeys keys, String set, String... anchorIds) {
    InstantSource clock = InstantSource.system();
    KeySet published = KeySet.ofJwks(keys.jwks());
    Duration skew = Duration.ofMillis(250);
    for (String id : anchorIds) {
      CommitVerifier verifier = new CommitVerifier(published, set, FakeAnchor.agentId(id), skew);
      anchors.put(id, new FakeAnchor(id, verifier, clock, faults));
    }
    CommitVerifier verifier = new CommitVerifier(published, set, FakeGate.ID, skew);
    gate = new FakeGate(verifier, clock, faults, anchors);
    qos = new FakeQos(clock, faults);
  }
}

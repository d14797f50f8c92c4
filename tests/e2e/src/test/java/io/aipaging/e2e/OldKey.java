package io.aipaging.e2e;

import io.aipaging.cli.deploy.Deployment;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** What somebody could sign who has a key of the Set, former or not. */
final class OldKey {
  private final BreakableSet set;
  private final NsmfadapterSteering gate;
  private final SigningKeys key;

  OldKey(BreakableSet set, NsmfadapterSteering gate, SigningKeys key) {
    this.set = set;
    this.gate = gate;
    this.key = key;
  }

  /** Whether the anchor takes a token of a living session once this key has signed it. */
  boolean passesTheAnchor(String address) throws Exception {
    Session session = SteadyUser.page(set, address);
    String payload = session.token().accessToken().split("\\.", -1)[1];
    String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    try (HttpsUser ue = HttpsUser.trusting(set.deployment.connection().trustFile(), address)) {
      return SteadyUser.embed(ue, session, key.forType("at+jwt").sign(claims)) == 200;
    } finally {
      set.operatorView().releaseSession(set.call(), new ReleaseSession(session.sessionId()));
    }
  }

  /** Whether the gate carries out a COMMIT that this key has signed. */
  boolean passesTheGate(String address) {
    var layout = set.deployment.layout();
    var spot = layout.anchors().getFirst();
    Instant now = Instant.now();
    Commit commit =
        new Commit(
            "aipf-set-1",
            List.of(Deployment.GATE, spot.enforcerId()),
            UUID.randomUUID().toString(),
            new LeaseId(UUID.randomUUID().toString()),
            new SessionId(UUID.randomUUID().toString()),
            Aisi.parse(Deployment.AISI),
            1,
            CommitRole.SERVE,
            null,
            now,
            now,
            now.plusSeconds(5),
            new AnchorRef(spot.id(), "edge-a", TransportAddress.parse(spot.endpoint())),
            new Flow(
                UeAddress.parse(address),
                ServiceEndpoint.of(layout.service().address(), "TCP", layout.service().port())),
            QosGrant.NONE);
    try {
      gate.applyCommits(set.call(), new ApplyCommits(List.of(new CommitSigner(key).sign(commit))));
      return true;
    } catch (Refusal e) {
      if ("COMMIT_REJECTED".equals(e.problemCause())) {
        return false;
      }
      throw e;
    }
  }
}

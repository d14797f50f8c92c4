package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signs COMMITs as an AIPF Set would. */
public final class TestCommits {
  public static final String GATE = "gate-1";
  public static final String SET = "aipf-set-1";

  private final SigningKeys keys = SigningKeys.generate();
  private final CommitSigner signer = new CommitSigner(keys);

  /** Believes these COMMITs on behalf of {@link #GATE}. */
  public CommitVerifier verifier(Duration skewBound) {
    return new CommitVerifier(KeySet.ofJwks(keys.jwks()), SET, GATE, skewBound);
  }

  /** The public keys. */
  public SigningKeys keys() {
    return keys;
  }

  /** What varies from COMMIT to COMMIT. */
  public record Draft(
      String session,
      String lease,
      long gen,
      CommitRole role,
      @Nullable EndScope scope,
      Instant issuedAt,
      Instant expiresAt,
      String audience,
      String anchorId,
      String endpoint,
      Flow flow) {

    public static Draft serve(String lease, long gen, Instant now, Duration life) {
      return new Draft(
          "session-1",
          lease,
          gen,
          CommitRole.SERVE,
          null,
          now.truncatedTo(ChronoUnit.SECONDS),
          now.plus(life),
          GATE,
          "a",
          "10.60.1.2:8443",
          new Flow(UeAddress.parse("10.45.0.2"), ServiceEndpoint.of("203.0.113.10", "TCP", 8443)));
    }

    public Draft role(CommitRole other) {
      return new Draft(
          session, lease, gen, other, null, issuedAt, expiresAt, audience, anchorId, endpoint,
          flow);
    }

    public Draft ending(EndScope what) {
      return new Draft(
          session,
          lease,
          gen,
          CommitRole.END,
          what,
          issuedAt,
          expiresAt,
          audience,
          anchorId,
          endpoint,
          flow);
    }

    public Draft of(String otherSession) {
      return new Draft(
          otherSession,
          lease,
          gen,
          role,
          scope,
          issuedAt,
          expiresAt,
          audience,
          anchorId,
          endpoint,
          flow);
    }

    public Draft issuedAt(Instant other) {
      return new Draft(
          session, lease, gen, role, scope, other, expiresAt, audience, anchorId, endpoint, flow);
    }

    public Draft to(String otherAudience) {
      return new Draft(
          session,
          lease,
          gen,
          role,
          scope,
          issuedAt,
          expiresAt,
          otherAudience,
          anchorId,
          endpoint,
          flow);
    }

    public Draft at(String otherAnchor, String otherEndpoint) {
      return new Draft(
          session,
          lease,
          gen,
          role,
          scope,
          issuedAt,
          expiresAt,
          audience,
          otherAnchor,
          otherEndpoint,
          flow);
    }

    public Draft flow(Flow other) {
      return new Draft(
          session, lease, gen, role, scope, issuedAt, expiresAt, audience, anchorId, endpoint,
          other);
    }
  }

  /** Signs. */
  public String sign(Draft draft) {
    return signer.sign(commit(draft));
  }

  /** What is signed. */
  public static Commit commit(Draft draft) {
    return new Commit(
        SET,
        List.of(draft.audience()),
        "jti-" + draft.lease() + "-" + draft.gen(),
        new LeaseId(draft.lease()),
        new SessionId(draft.session()),
        Aisi.parse("urn:aisi:example:embed-text:standard:1"),
        draft.gen(),
        draft.role(),
        draft.scope(),
        draft.issuedAt(),
        draft.issuedAt(),
        draft.expiresAt(),
        new AnchorRef(
            draft.anchorId(), "dnai-" + draft.anchorId(), TransportAddress.parse(draft.endpoint())),
        draft.flow(),
        QosGrant.NONE);
  }
}

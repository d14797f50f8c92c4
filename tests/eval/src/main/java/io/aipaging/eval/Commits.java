package io.aipaging.eval;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Aist;
import io.aipaging.protocol.AistSigner;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.Confirmation;
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
import io.aipaging.protocol.UeHashKey;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signs COMMITs and session tokens as an AIPF Set would. */
public final class Commits {
  static final String SET = "eval-set";
  static final String GATE = "gate-1";
  static final Aisi AISI = Aisi.parse("urn:aisi:example:embed-text:standard:1");

  private static final int KEY_BYTES = 32;
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);

  private final SigningKeys keys = SigningKeys.generate();
  private final CommitSigner signer = new CommitSigner(keys);
  private final AistSigner tokens = new AistSigner(keys);
  private final byte[] ueHashKey = new byte[KEY_BYTES];

  Commits() {
    new SecureRandom().nextBytes(ueHashKey);
  }

  /**
   * A lease.
   *
   * @param anchorId {@code a} or {@code b}
   * @param anchor where the gate leads it
   */
  public record Lease(
      String id, String session, String anchorId, TransportAddress anchor, Flow flow) {}

  /** The flow of a UE to the service. */
  public static Flow flow(String ue, String transport) {
    return new Flow(UeAddress.parse(ue), ServiceEndpoint.of(Site.service(), transport, Site.PORT));
  }

  /** A COMMIT that lets traffic go there until {@code exp}. */
  public String serve(Lease lease, long gen, Instant exp) {
    return sign(lease, gen, CommitRole.SERVE, null, exp);
  }

  /** A COMMIT that keeps what is there until {@code exp}. */
  public String drain(Lease lease, long gen, Instant exp) {
    return sign(lease, gen, CommitRole.DRAIN, null, exp);
  }

  /** A COMMIT that ends a lease. */
  public String end(Lease lease, long gen) {
    return sign(lease, gen, CommitRole.END, EndScope.LEASE, Instant.now().plusSeconds(30));
  }

  private String sign(
      Lease lease, long gen, CommitRole role, @Nullable EndScope scope, Instant exp) {
    Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return signer.sign(
        new Commit(
            SET,
            List.of(GATE, agent(lease.anchorId())),
            UUID.randomUUID().toString(),
            new LeaseId(lease.id()),
            new SessionId(lease.session()),
            AISI,
            gen,
            role,
            scope,
            second,
            second,
            exp.truncatedTo(ChronoUnit.MILLIS),
            new AnchorRef(lease.anchorId(), "edge-" + lease.anchorId(), lease.anchor()),
            lease.flow(),
            QosGrant.NONE));
  }

  /** A session token bound to a UE's address. */
  public String token(String session, String ue) {
    Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    SessionId id = new SessionId(session);
    return tokens.sign(
        new Aist(
            SET,
            "subject-pseudonym",
            "app",
            AISI,
            id,
            "infer",
            new Confirmation.UeAddressHash(new UeHashKey(ueHashKey).hash(id, UeAddress.parse(ue))),
            second,
            second.plus(TOKEN_LIFE),
            UUID.randomUUID().toString()));
  }

  static String agent(String anchorId) {
    return "agent-" + anchorId;
  }

  /** The public keys, as {@link #keys} reads them. */
  String jwks() throws IOException {
    return Json.MAPPER.writeValueAsString(keys.jwks());
  }

  static KeySet keys(Path jwks) throws IOException {
    return KeySet.ofJwks(Json.MAPPER.readValue(Files.readString(jwks), new TypeReference<>() {}));
  }

  byte[] ueHashKey() {
    return ueHashKey.clone();
  }
}

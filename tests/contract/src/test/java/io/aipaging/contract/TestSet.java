package io.aipaging.contract;

import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
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
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.server.SbiServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Stands in for an AIPF Set towards an enforcer: signs COMMITs and publishes its keys. */
final class TestSet implements AutoCloseable {
  static final String ISSUER = "aipf-set-test";
  static final String AUDIENCE = "AIPF";
  static final String AISI = "urn:aisi:aipaging.example:embed-notes:standard:1";

  private final SigningKeys keys = SigningKeys.generate();
  private final CommitSigner signer = new CommitSigner(keys);
  private final SbiServer keyinfo;

  TestSet(TestIssuer issuer) {
    NaipfKeyinfo published = (call, request) -> new JwkSet(keys.jwks());
    keyinfo =
        ContractBindings.bind(
                SbiServer.builder(
                    ListenerConfig.cleartext("127.0.0.1", 0),
                    issuer.policy(AUDIENCE),
                    InstantSource.system()),
                published)
            .start();
  }

  ClientConfig client() {
    return ClientConfig.cleartext(URI.create("http://127.0.0.1:" + keyinfo.port()));
  }

  /**
   * What a COMMIT to serve is about.
   *
   * @param enforcer its audience
   * @param lease lease id
   * @param session session id
   * @param ue address of the UE
   * @param service where the UE sends its traffic
   */
  record Grant(String enforcer, String lease, String session, String ue, TransportAddress service) {
    /** The {@code n}-th of many, each with a session and a UE of its own. */
    static Grant numbered(int n, String enforcer, TransportAddress service) {
      return new Grant(
          enforcer,
          "l-%08d".formatted(n),
          "s-%08d".formatted(n),
          "10.45." + n / 250 + "." + (1 + n % 250),
          service);
    }
  }

  /** A COMMIT to serve for the next minute, first of its session. */
  String serve(Grant grant) {
    Instant now = Instant.now();
    return signer.sign(
        new Commit(
            ISSUER,
            List.of(grant.enforcer()),
            UUID.randomUUID().toString(),
            new LeaseId(grant.lease()),
            new SessionId(grant.session()),
            Aisi.parse(AISI),
            1,
            CommitRole.SERVE,
            null,
            now,
            now,
            now.plus(Duration.ofSeconds(60)),
            new AnchorRef("a", "edge-a", TransportAddress.parse("127.0.0.1:9")),
            new Flow(
                UeAddress.parse(grant.ue()),
                ServiceEndpoint.of(
                    grant.service().address().getHostAddress(), "TCP", grant.service().port())),
            QosGrant.NONE));
  }

  @Override
  public void close() {
    keyinfo.close();
  }
}

package io.aipaging.cli.deploy;

import io.aipaging.certs.IssuerConfig;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Who gets tokens for what: the issuer, and what the functions know of it. */
record Access(Path folder, Layout layout, Secrets secrets, Transport transport) {
  private static final String ISSUER = "https://issuer.aipaging.invalid";

  /** The token issuer. */
  IssuerConfig issuer() {
    return new IssuerConfig(
        transport.listener("issuer", layout.core(), layout.ports().issuer()),
        ISSUER,
        folder.resolve("pki").resolve("issuer-signing.key"),
        List.of(
            secrets.client(
                "nf-aipf",
                List.of(NpcfadapterQosbinding.API, NsmfadapterSteering.API, NaexfAdmission.API),
                List.of(Deployment.PCF_ADAPTER, Deployment.SMF_ADAPTER, Deployment.AGENT)),
            secrets.client("nf-nef", List.of(NaipfPaging.API), List.of(Deployment.AIPF)),
            secrets.client(
                "nf-smf-adapter",
                List.of(NaipfKeyinfo.API, NaipfEvents.API, NpcfadapterQosbinding.API),
                List.of(Deployment.AIPF, Deployment.PCF_ADAPTER)),
            secrets.client(
                "aexf-agent", List.of(NaipfKeyinfo.API, NaipfEvents.API), List.of(Deployment.AIPF)),
            secrets.client("nf-pcf-adapter", List.of(NaipfEvents.API), List.of(Deployment.AIPF)),
            secrets.client(
                Deployment.OPERATOR,
                List.of(
                    NaipfPaging.API,
                    NaipfPaging.API + ":" + NaipfPaging.OPERATE,
                    NaipfKeyinfo.API,
                    NsmfadapterSteering.API),
                List.of(Deployment.AIPF, Deployment.SMF_ADAPTER)),
            secrets.client(Deployment.APP, List.of(NnefAipaging.API), List.of(Deployment.NEF))),
        Duration.ofMinutes(10));
  }

  /** What a function demands of its callers' tokens. */
  AccessTokensConfig tokens(String audience) {
    return new AccessTokensConfig(ISSUER, List.of(audience), issuerClient(), "/oauth2/jwks");
  }

  /** What a function gets its own tokens with. */
  ClientCredentialsConfig credentials(String clientId, String audience) {
    return new ClientCredentialsConfig(issuerClient(), clientId, secrets.file(clientId), audience);
  }

  private ClientConfig issuerClient() {
    return transport.client(layout.core(), layout.ports().issuer());
  }
}

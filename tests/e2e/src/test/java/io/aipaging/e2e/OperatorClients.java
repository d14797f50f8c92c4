package io.aipaging.e2e;

import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.session.ConnectionFile;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.contract.HttpNaipfKeyinfo;
import io.aipaging.sbi.contract.HttpNsmfadapterSteering;
import io.aipaging.sbi.oauth.ClientCredentials;
import java.net.URI;
import java.nio.file.Files;

/** The operator's ways to the functions of a set; closed with it. */
final class OperatorClients {
  private OperatorClients() {}

  static NaipfKeyinfo keyinfo(BreakableSet set) throws Exception {
    return new HttpNaipfKeyinfo(
        client(set, set.deployment.connection().aipfUri(), Deployment.AIPF));
  }

  static NsmfadapterSteering steering(BreakableSet set) throws Exception {
    return new HttpNsmfadapterSteering(
        client(set, set.deployment.smfAdapterUri(), Deployment.SMF_ADAPTER));
  }

  private static SbiClient client(BreakableSet set, URI uri, String audience) throws Exception {
    ConnectionFile known = set.deployment.connection();
    ClientTlsConfig trust = ClientTlsConfig.trusting(known.trustFile());
    ClientCredentials tokens =
        set.keep(
            ClientCredentials.at(
                ClientConfig.tls(known.issuerUri(), trust),
                new ClientCredentials.Credentials(
                    known.clientId(), Files.readString(known.clientSecretFile()).strip(), audience),
                null));
    return set.keep(SbiClient.create(ClientConfig.tls(uri, trust), tokens));
  }
}

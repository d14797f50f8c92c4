package io.aipaging.sbi.oauth;

import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ConfigurationException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How to get access tokens for a peer: client credentials (RFC 6749 §4.4).
 *
 * @param issuer how to reach the token issuer
 * @param clientId own client id
 * @param clientSecretFile file with its secret
 * @param audience wanted {@code aud}: the peer's NF type or instance id
 */
public record ClientCredentialsConfig(
    ClientConfig issuer, String clientId, Path clientSecretFile, String audience) {
  private static final long SECRET_BYTES_MAX = 4_096;

  /** Starts getting tokens; the caller closes it. */
  public ClientCredentials open(Vertx vertx) {
    return ClientCredentials.at(
        issuer, new ClientCredentials.Credentials(clientId, secret(), audience), vertx);
  }

  private String secret() {
    try {
      if (Files.size(clientSecretFile) > SECRET_BYTES_MAX) {
        throw new ConfigurationException(clientSecretFile + " is too long for a secret");
      }
      return Files.readString(clientSecretFile).strip();
    } catch (IOException e) {
      throw new ConfigurationException("cannot read " + clientSecretFile, e);
    }
  }
}

package io.aipaging.aexf;

import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Default;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.management.ManagementConfig;
import java.nio.file.Path;

/**
 * An agent in a process of its own. Environment variables begin with {@code AIPAGING_AEXF}.
 *
 * @param anchor the anchor
 * @param ueHashKeyFile file with the key of {@code cnf.ueh}, 32 bytes or more
 * @param aipf service-based interface of the AIPF Set, for its public keys
 * @param listener service-based interface of the agent
 * @param oauth whose access tokens it believes and gets
 * @param management health and metrics
 */
public record AgentConfig(
    AnchorConfig anchor,
    Path ueHashKeyFile,
    ClientConfig aipf,
    ListenerConfig listener,
    OAuthConfig oauth,
    ManagementConfig management) {
  /**
   * Access tokens.
   *
   * @param issuer expected {@code iss}
   * @param audience own name in {@code aud}
   * @param server the token issuer
   * @param clientId own client id
   * @param clientSecretFile file with its secret
   * @param aipfAudience {@code aud} of tokens for the AIPF
   */
  public record OAuthConfig(
      String issuer,
      String audience,
      ClientConfig server,
      String clientId,
      Path clientSecretFile,
      @Default("AIPF") String aipfAudience) {}
}

package io.aipaging.aexf;

import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.logging.LoggingConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.trace.TracingConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An agent in a process of its own. Environment variables begin with {@code AIPAGING_AEXF}.
 *
 * @param anchor the anchor
 * @param ueHashKeyFile file with the key of {@code cnf.ueh}, 32 bytes or more
 * @param aipf service-based interface of the AIPF Set, for its public keys
 * @param listener service-based interface of the agent
 * @param oauth whose access tokens it believes
 * @param token how it gets access tokens for the AIPF
 * @param management health and metrics
 * @param tracing where traces are sent; null traces nothing
 * @param logging how the process logs; null leaves it as it is
 */
public record AgentConfig(
    AnchorConfig anchor,
    Path ueHashKeyFile,
    ClientConfig aipf,
    ListenerConfig listener,
    AccessTokensConfig oauth,
    ClientCredentialsConfig token,
    ManagementConfig management,
    @Nullable TracingConfig tracing,
    @Nullable LoggingConfig logging) {
  /** Without traces, logging as it is. */
  public AgentConfig(
      AnchorConfig anchor,
      Path ueHashKeyFile,
      ClientConfig aipf,
      ListenerConfig listener,
      AccessTokensConfig oauth,
      ClientCredentialsConfig token,
      ManagementConfig management) {
    this(anchor, ueHashKeyFile, aipf, listener, oauth, token, management, null, null);
  }
}

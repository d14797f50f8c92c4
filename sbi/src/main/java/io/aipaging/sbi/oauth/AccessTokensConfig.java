package io.aipaging.sbi.oauth;

import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Default;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whose access tokens a listener believes.
 *
 * @param issuer expected {@code iss}
 * @param audiences accepted {@code aud}: NF instance id and NF type
 * @param keys where the issuer serves its keys
 * @param keysPath path of the key set there
 * @param core tokens of a core's NRF that are believed besides; null believes none
 */
public record AccessTokensConfig(
    String issuer,
    List<String> audiences,
    ClientConfig keys,
    @Default("/oauth2/jwks") String keysPath,
    @Nullable CoreTokensConfig core) {
  public AccessTokensConfig {
    audiences = List.copyOf(audiences);
  }

  /** Believes no core's tokens. */
  public AccessTokensConfig(
      String issuer, List<String> audiences, ClientConfig keys, String keysPath) {
    this(issuer, audiences, keys, keysPath, null);
  }

  /**
   * The policy; the keys are fetched when first needed.
   *
   * @param toClose told what to close in the end
   */
  public TokenPolicy policy(Vertx vertx, Consumer<Runnable> toClose) {
    RemoteKeys remote = RemoteKeys.at(keys, keysPath, vertx);
    toClose.accept(remote::close);
    return new TokenPolicy(
        issuer, Set.copyOf(audiences), remote, core == null ? null : core.tokens());
  }
}

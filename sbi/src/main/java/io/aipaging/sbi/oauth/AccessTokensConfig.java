package io.aipaging.sbi.oauth;

import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Default;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whose access tokens a listener believes.
 *
 * @param issuer expected {@code iss}
 * @param audiences accepted {@code aud}: NF instance id and NF type
 * @param keys where the issuer serves its keys
 * @param keysPath path of the key set there
 */
public record AccessTokensConfig(
    String issuer,
    List<String> audiences,
    ClientConfig keys,
    @Default("/oauth2/jwks") String keysPath) {
  public AccessTokensConfig {
    audiences = List.copyOf(audiences);
  }

  /**
   * The policy; the keys are fetched when first needed.
   *
   * @param toClose told what to close in the end
   */
  public TokenPolicy policy(Vertx vertx, Consumer<Runnable> toClose) {
    RemoteKeys remote = RemoteKeys.at(keys, keysPath, vertx);
    toClose.accept(remote::close);
    return new TokenPolicy(issuer, Set.copyOf(audiences), remote);
  }
}

package io.aipaging.certs;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import io.aipaging.sbi.oauth.KeySource;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.server.RawPolicy;
import io.aipaging.sbi.server.RawReply;
import io.aipaging.sbi.server.RawRequest;
import io.aipaging.sbi.server.RawRoute;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.server.SbiServer;
import io.vertx.core.Vertx;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives access tokens to configured clients: {@code POST /oauth2/token} with HTTP Basic
 * authentication (RFC 6749 §4.4) and the key set at {@code GET /oauth2/jwks}. For development: in a
 * core the NRF does this.
 */
public final class DevTokenIssuer implements AutoCloseable {
  /** Where tokens are asked for. */
  public static final String TOKEN_PATH = "/oauth2/token";

  /** Where the key set is. */
  public static final String JWKS_PATH = "/oauth2/jwks";

  private final TokenSigner signer;
  private final ClientGate gate;
  private final SbiServer server;

  private DevTokenIssuer(IssuerConfig config, InstantSource clock, @Nullable Vertx vertx)
      throws JOSEException {
    ECKey key = key(DevKeys.signingKey(config.keyFile()));
    this.signer = new TokenSigner(config.issuer(), key, config.tokenLife(), clock);
    this.gate = new ClientGate(config.clients(), clock);
    TokenPolicy own =
        new TokenPolicy(config.issuer(), Set.of(config.issuer()), KeySource.of(Map.of()));
    SbiServer.Builder builder = SbiServer.builder(config.listener(), own, clock);
    if (vertx != null) {
      builder.vertx(vertx);
    }
    this.server =
        builder
            .route(
                new RawRoute(
                    "POST",
                    TOKEN_PATH,
                    new RawPolicy.Public("clients authenticate with their secret"),
                    this::token))
            .route(
                new RawRoute(
                    "GET", JWKS_PATH, new RawPolicy.Public("public keys"), request -> jwks()))
            .start();
  }

  /** Starts an issuer; {@code vertx} null makes an own one. */
  public static DevTokenIssuer start(
      IssuerConfig config, InstantSource clock, @Nullable Vertx vertx) {
    try {
      return new DevTokenIssuer(config, clock, vertx);
    } catch (JOSEException e) {
      throw new IllegalStateException("the signing key cannot be used", e);
    }
  }

  /** The port listened on. */
  public int port() {
    return server.port();
  }

  /** Everything mounted. */
  public List<Route> routes() {
    return server.routes();
  }

  @Override
  public void close() {
    server.close();
  }

  private RawReply token(RawRequest request) {
    return switch (authenticated(request)) {
      case ClientGate.Outcome.In(IssuerConfig.Client client) -> granted(request, client);
      case ClientGate.Outcome.Out() ->
          error(401, "invalid_client", "client authentication failed")
              .with("WWW-Authenticate", "Basic realm=\"oauth2\"");
      case ClientGate.Outcome.Wait(var remaining) ->
          error(429, "invalid_client", "too many failures")
              .with("Retry-After", Long.toString(remaining.toSeconds() + 1));
    };
  }

  private RawReply granted(RawRequest request, IssuerConfig.Client client) {
    try {
      TokenRequest form = TokenRequest.parse(request.header("Content-Type"), request.body().utf8());
      form.requireOwnName(client);
      String scope = form.scope(client);
      String token = signer.sign(client.id(), form.audience(client), scope);
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("access_token", token);
      answer.put("token_type", "Bearer");
      answer.put("expires_in", signer.life().toSeconds());
      answer.put("scope", scope);
      return uncached(RawReply.json(200, answer));
    } catch (TokenRequest.Malformed e) {
      return error(400, e.error(), String.valueOf(e.getMessage()));
    }
  }

  private ClientGate.Outcome authenticated(RawRequest request) {
    String header = request.header("Authorization");
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      return new ClientGate.Outcome.Out();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
      String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      if (pair.length == 2) {
        return gate.enter(
            URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
            URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException e) {
      // Answered below like any other wrong credential.
    }
    return new ClientGate.Outcome.Out();
  }

  private RawReply jwks() {
    return RawReply.json(200, Map.of("keys", List.of(signer.publicKey().toJSONObject())));
  }

  private static RawReply error(int status, String error, String description) {
    return uncached(
        RawReply.json(status, Map.of("error", error, "error_description", description)));
  }

  private static RawReply uncached(RawReply reply) {
    return reply.with("Cache-Control", "no-store").with("Pragma", "no-cache");
  }

  private static ECKey key(KeyPair pair) throws JOSEException {
    return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
        .privateKey(pair.getPrivate())
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.ES256)
        .keyIDFromThumbprint()
        .build();
  }
}

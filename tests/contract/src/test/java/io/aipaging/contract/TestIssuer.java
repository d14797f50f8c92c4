package io.aipaging.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.oauth.KeySource;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.server.RawPolicy;
import io.aipaging.sbi.server.RawReply;
import io.aipaging.sbi.server.RawRequest;
import io.aipaging.sbi.server.RawRoute;
import io.aipaging.sbi.server.SbiServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A token issuer that also issues what no honest one would. */
final class TestIssuer implements AutoCloseable {
  static final String ISSUER = "https://issuer.test";
  private static final String KEYS_PATH = "/oauth2/jwks";

  private final ECKey key = newKey();
  private final ECKey otherKey = newKey();
  private final Path secret;
  private final SbiServer server;

  TestIssuer(Path folder) throws IOException {
    secret = Files.writeString(folder.resolve("client-secret"), "of no importance");
    Map<String, Object> published = new JWKSet(key.toPublicJWK()).toJSONObject();
    server =
        SbiServer.builder(
                ListenerConfig.cleartext("127.0.0.1", 0),
                new TokenPolicy("none", Set.of("none"), KeySource.of(Map.of())),
                InstantSource.system())
            .route(
                new RawRoute(
                    "GET",
                    KEYS_PATH,
                    new RawPolicy.Public("keys are public"),
                    request -> RawReply.json(200, published)))
            .route(
                new RawRoute(
                    "POST",
                    "/oauth2/token",
                    new RawPolicy.Public("whoever asks is believed"),
                    this::granted))
            .start();
  }

  /** How to reach it, for keys and tokens. */
  ClientConfig client() {
    return ClientConfig.cleartext(URI.create("http://127.0.0.1:" + server.port()));
  }

  /** How a network function that goes by {@code audience} is told to believe it. */
  AccessTokensConfig believedBy(String audience) {
    return new AccessTokensConfig(ISSUER, List.of(audience), client(), KEYS_PATH);
  }

  /** How a network function is told to get tokens for {@code audience} from it. */
  ClientCredentialsConfig credentials(String clientId, String audience) {
    return new ClientCredentialsConfig(client(), clientId, secret, audience);
  }

  TokenPolicy policy(String audience) {
    return new TokenPolicy(ISSUER, Set.of(audience), source());
  }

  String token(String subject, String audience, String scope) {
    return sign(claims(subject, audience, scope));
  }

  Map<String, Object> claims(String subject, String audience, String scope) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("sub", subject);
    claims.put("aud", audience);
    claims.put("scope", scope);
    claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond());
    return claims;
  }

  String sign(Map<String, Object> claims) {
    return sign("at+jwt", "k1", key, claims);
  }

  String signOfType(String type, Map<String, Object> claims) {
    return sign(type, "k1", key, claims);
  }

  /** Signed by somebody else under this issuer's key id. */
  String forge(Map<String, Object> claims) {
    return sign("at+jwt", "k1", otherKey, claims);
  }

  @Override
  public void close() {
    server.close();
  }

  /** A token for whatever was asked, without looking at the secret. */
  private RawReply granted(RawRequest request) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : request.body().utf8().split("&")) {
      String[] sides = pair.split("=", 2);
      form.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    String basic = String.valueOf(request.header("Authorization")).substring("Basic ".length());
    String client = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
    return RawReply.json(
        200,
        Map.of(
            "access_token",
            token(client.split(":", 2)[0], form.get("audience"), form.get("scope")),
            "token_type",
            "Bearer",
            "expires_in",
            600));
  }

  private KeySource source() {
    try {
      return KeySource.of(Map.of("k1", key.toECPublicKey()));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sign(String type, String kid, ECKey with, Map<String, Object> claims) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type)).keyID(kid).build();
    JWSObject jws = new JWSObject(header, new Payload(claims));
    try {
      jws.sign(new ECDSASigner(with));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jws.serialize();
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

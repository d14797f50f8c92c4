package io.aipaging.aexf.guard.http;

import static io.aipaging.aexf.guard.http.GuardIT.assertRefused;
import static io.aipaging.aexf.guard.http.GuardKit.SESSION;
import static io.aipaging.aexf.guard.http.GuardKit.UE;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.Crypto;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S-42: tokens bound to a DPoP key. */
class GuardDpopIT {
  @TempDir Path directory;
  private GuardKit kit;
  private ECKey key;
  private String token;

  @BeforeEach
  void start() throws Exception {
    kit = new GuardKit(directory);
    kit.admit(Duration.ofSeconds(60));
    key = new ECKeyGenerator(Curve.P_256).generate();
    token = kit.token(SESSION, new Confirmation.DpopKey(key.computeThumbprint().toString()));
  }

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void aFreshProofIsGoodOnce() throws Exception {
    String proof = proof(key, "GET", target("/v1/echo"), token, Instant.now());
    HttpResponse<String> answer = ask("/v1/echo?x=1", proof);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("dpop").doesNotContain("authorization");
    HttpResponse<String> replay = ask("/v1/echo?x=1", proof);
    assertRefused(replay, 401, "invalid_dpop_proof");
    assertThat(replay.headers().firstValue("www-authenticate").orElse(""))
        .contains("invalid_dpop_proof");
    String next = proof(key, "GET", target("/v1/echo"), token, Instant.now());
    assertThat(ask("/v1/echo", next).statusCode()).isEqualTo(200);
  }

  @Test
  void proofsOfAnythingElseAreRefused() throws Exception {
    Instant now = Instant.now();
    String here = target("/v1/echo");
    ECKey stolen = new ECKeyGenerator(Curve.P_256).generate();
    String[] wrong = {
      proof(key, "POST", here, token, now),
      proof(key, "GET", target("/v1/other"), token, now),
      proof(key, "GET", "https://" + kit.authority() + "/v1/echo", token, now),
      proof(key, "GET", "http://203.0.113.1/v1/echo", token, now),
      proof(key, "GET", here, "another token", now),
      proof(key, "GET", here, token, now.minusSeconds(40)),
      proof(key, "GET", here, token, now.plusSeconds(40)),
      proof(stolen, "GET", here, token, now),
      token,
      "abc"
    };
    for (String proof : wrong) {
      assertRefused(ask("/v1/echo", proof), 401, "invalid_dpop_proof");
    }
    assertThat(kit.model.requests).hasValue(0);
  }

  @Test // L2.13
  void aBoundTokenIsNoBearerTokenAndNoProofMeansNo() throws Exception {
    assertRefused(kit.getWithToken("/v1/echo", token), 401, "invalid_token");
    assertRefused(
        kit.get(UE, "/v1/echo", "Authorization", "DPoP " + token), 401, "invalid_dpop_proof");
    String bearer = kit.token(SESSION, UE);
    assertRefused(kit.get(UE, "/v1/echo", "Authorization", "DPoP " + bearer), 401, "invalid_token");
  }

  @Test
  void aHostTheServiceIsNotKnownByIsRefused() throws Exception {
    String elsewhere = "http://evil.example/v1/echo";
    try (RawClient client = new RawClient(UE, kit.port())) {
      String head =
          "GET /v1/echo HTTP/1.1\r\nHost: evil.example\r\nAuthorization: DPoP "
              + token
              + "\r\nDPoP: "
              + proof(key, "GET", elsewhere, token, Instant.now())
              + "\r\n\r\n";
      client.send(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(client.answer()).contains("401").contains("invalid_dpop_proof");
    }
  }

  private HttpResponse<String> ask(String path, String proof) throws Exception {
    return kit.get(UE, path, "Authorization", "DPoP " + token, "DPoP", proof);
  }

  private String target(String path) {
    return "http://" + kit.authority() + path;
  }

  private static String proof(ECKey key, String method, String uri, String token, Instant issued)
      throws Exception {
    SignedJWT proof =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build(),
            new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", method)
                .claim("htu", uri)
                .claim("ath", Crypto.sha256Base64Url(token))
                .issueTime(Date.from(issued))
                .build());
    proof.sign(new ECDSASigner(key));
    return proof.serialize();
  }
}

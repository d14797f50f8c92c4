package io.aipaging.sbi.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S-33 to S-35 of the checklist. */
class RemoteKeysIT {
  private final WireMockServer issuer =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private Vertx vertx;
  private RemoteKeys keys;

  @BeforeEach
  void start() {
    issuer.start();
    vertx = SbiVertx.create(1);
    ClientConfig config =
        ClientConfig.cleartext(URI.create("http://127.0.0.1:" + issuer.port())).overHttp1();
    keys = RemoteKeys.at(config, "/oauth2/jwks", vertx);
  }

  @AfterEach
  void stop() {
    keys.close();
    issuer.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aKnownKeyCostsOneRequest() throws Exception {
    ECKey key = key("a").build();
    serve(key);
    for (int i = 0; i < 5; i++) {
      assertThat(keys.key("a")).isEqualTo(key.toECPublicKey());
    }
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void aFloodOfUnknownNamesCausesNoFloodOfRequests() throws Exception {
    serve(key("a").build());
    assertThat(keys.key("a")).isNotNull();
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String kid = "unknown-" + i;
      all.add(
          CompletableFuture.runAsync(
              () -> assertThat(keys.key(kid)).isNull(), Thread::startVirtualThread));
    }
    for (CompletableFuture<?> one : all) {
      one.get(10, TimeUnit.SECONDS);
    }
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void keysThatAreNotForEs256SignaturesAreLeftOut() throws Exception {
    OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).keyID("oct").generate();
    ECKey wide = new ECKeyGenerator(Curve.P_384).keyID("p384").generate();
    String set =
        "{\"keys\":["
            + String.join(
                ",",
                key("good").build().toJSONString(),
                key("enc").keyUse(KeyUse.ENCRYPTION).build().toJSONString(),
                key("es384").algorithm(JWSAlgorithm.ES384).build().toJSONString(),
                secret.toJSONString(),
                wide.toPublicJWK().toJSONString())
            + "]}";
    issuer.stubFor(get(urlEqualTo("/oauth2/jwks")).willReturn(okJson(set)));
    assertThat(keys.key("good")).isNotNull();
    for (String kid : List.of("enc", "es384", "oct", "p384")) {
      assertThat(keys.key(kid)).as(kid).isNull();
    }
  }

  @Test
  void aNameUsedTwiceNamesNoKey() throws Exception {
    serve(key("twice").build(), key("once").build(), key("twice").build(), key("twice").build());
    assertThat(keys.key("twice")).isNull();
    assertThat(keys.key("once")).isNotNull();
  }

  @Test
  void anIssuerThatFailsGivesNoKeys() {
    for (String body : List.of("", "{}", "not json", "[" + "x".repeat(70_000))) {
      issuer.stubFor(get(urlEqualTo("/oauth2/jwks")).willReturn(okJson(body)));
      try (RemoteKeys fresh =
          RemoteKeys.at(
              ClientConfig.cleartext(URI.create("http://127.0.0.1:" + issuer.port())).overHttp1(),
              "/oauth2/jwks",
              vertx)) {
        assertThat(fresh.key("a")).isNull();
      }
    }
    issuer.stubFor(get(urlEqualTo("/oauth2/jwks")).willReturn(aResponse().withStatus(500)));
    assertThat(keys.key("a")).isNull();
  }

  private void serve(JWK... set) {
    String body = new JWKSet(List.of(set)).toString();
    issuer.stubFor(get(urlEqualTo("/oauth2/jwks")).willReturn(okJson(body)));
  }

  private int requests() {
    return issuer.findAll(getRequestedFor(urlEqualTo("/oauth2/jwks"))).size();
  }

  private static ECKey.Builder key(String kid) throws Exception {
    return new ECKey.Builder(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK()).keyID(kid);
  }
}

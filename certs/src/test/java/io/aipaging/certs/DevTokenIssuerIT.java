package io.aipaging.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNaipfKeyinfo;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.sbi.oauth.RemoteKeys;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.HttpTransport;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.sbi.wire.Bytes;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevTokenIssuerIT {
  private static final String SECRET = "correct horse: battery+staple%";
  private static final String ISSUER = "https://issuer.test";
  private static final String GRANT = "grant_type=client_credentials";

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private Vertx vertx;
  private DevTokenIssuer issuer;
  private HttpTransport http;

  @BeforeEach
  void start() {
    vertx = SbiVertx.create(2);
    issuer = DevTokenIssuer.start(config(), now::get, vertx);
    http = HttpTransport.open(address(), 65_536, vertx);
  }

  @AfterEach
  void stop() {
    http.close();
    issuer.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aTokenSaysWhoForWhatAndWhere() throws Exception {
    HttpReply reply = ask("nef-1", SECRET, GRANT + "&scope=naipf-paging&audience=AIPF");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    JsonNode answer = json(reply);
    assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(answer.path("expires_in").asInt()).isEqualTo(600);
    assertThat(answer.path("scope").asText()).isEqualTo("naipf-paging");
    SignedJWT token = SignedJWT.parse(answer.path("access_token").asText());
    assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("nef-1");
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(ISSUER);
    assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("AIPF");
    assertThat(token.getJWTClaimsSet().getExpirationTime().toInstant())
        .isEqualTo(Instant.ofEpochSecond(now.get().getEpochSecond()).plusSeconds(600));
  }

  @Test
  void theNamesOfTheNrfWorkToo() throws Exception {
    JsonNode answer =
        json(
            ask(
                "nef-1",
                SECRET,
                GRANT + "&nfInstanceId=nef-1&nfType=NEF&targetNfType=AIPF&scope=naipf-paging"));
    assertThat(answer.path("access_token").asText()).isNotEmpty();
  }

  @Test
  void withoutScopeAClientGetsAllItsScopes() throws Exception {
    assertThat(json(ask("nef-1", SECRET, GRANT + "&audience=AIPF")).path("scope").asText())
        .isEqualTo("naipf-paging naipf-keyinfo");
  }

  @Test
  void aRequestThatIsWrongIsRefusedAsRfc6749Says() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("scope=naipf-paging&audience=AIPF", "invalid_request");
    wrong.put("grant_type=password&audience=AIPF", "unsupported_grant_type");
    wrong.put(GRANT + "&scope=nsmfadapter-steering&audience=AIPF", "invalid_scope");
    wrong.put(GRANT + "&scope=naipf-paging%20root&audience=AIPF", "invalid_scope");
    wrong.put(GRANT + "&scope=&audience=AIPF", "invalid_scope");
    wrong.put(GRANT + "&scope=naipf-paging&audience=SMF", "unauthorized_client");
    wrong.put(GRANT + "&scope=naipf-paging&targetNfType=SMF", "unauthorized_client");
    wrong.put(GRANT + "&nfInstanceId=other&audience=AIPF", "unauthorized_client");
    wrong.put(GRANT + "&scope=naipf-paging", "invalid_request");
    wrong.put(GRANT + "&audience=AIPF&targetNfType=PCF", "invalid_request");
    wrong.put(GRANT + "&audience=AIPF&audience=AIPF", "invalid_request");
    wrong.put(GRANT + "&audience=%zz", "invalid_request");
    wrong.put(GRANT + "&x=" + "y".repeat(9_000), "invalid_request");
    wrong.forEach(
        (form, error) -> {
          HttpReply reply = ask("nef-1", SECRET, form);
          assertThat(reply.status()).as(form).isEqualTo(400);
          assertThat(json(reply).path("error").asText()).as(form).isEqualTo(error);
          assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        });
    HttpReply typed =
        send("POST", "/oauth2/token", basic("nef-1", SECRET), "{}", "application/json");
    assertThat(json(typed).path("error").asText()).isEqualTo("invalid_request");
  }

  @Test
  void aClientThatIsNotWhoItSaysGetsNothing() {
    for (String[] wrong : new String[][] {{"nef-1", "wrong"}, {"nobody", SECRET}, {"", ""}}) {
      HttpReply reply = ask(wrong[0], wrong[1], GRANT + "&audience=AIPF");
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Basic realm=\"oauth2\"");
      assertThat(json(reply).path("error").asText()).isEqualTo("invalid_client");
    }
    for (String header : new String[] {"Basic !!!", "Bearer x", "Basic", "Basic eA=="}) {
      HttpReply reply =
          send("POST", "/oauth2/token", header, GRANT, "application/x-www-form-urlencoded");
      assertThat(reply.status()).as(header).isEqualTo(401);
    }
  }

  @Test
  void guessingASecretIsStoppedForThatClientOnly() {
    for (int i = 0; i < 5; i++) {
      assertThat(ask("nef-1", "wrong" + i, GRANT).status()).isEqualTo(401);
    }
    HttpReply shut = ask("nef-1", SECRET, GRANT + "&audience=AIPF");
    assertThat(shut.status()).isEqualTo(429);
    assertThat(Integer.parseInt(shut.header("Retry-After"))).isBetween(1, 31);
    assertThat(ask("smf-1", SECRET, GRANT).status()).isEqualTo(200);
    now.set(now.get().plusSeconds(31));
    assertThat(ask("nef-1", SECRET, GRANT + "&audience=AIPF").status()).isEqualTo(200);
  }

  @Test
  void theKeySetIsPublicAndHoldsNoPrivatePart() {
    HttpReply reply = send("GET", "/oauth2/jwks", null, null, null);
    assertThat(reply.status()).isEqualTo(200);
    JsonNode key = json(reply).path("keys").path(0);
    assertThat(key.path("kty").asText()).isEqualTo("EC");
    assertThat(key.path("kid").asText()).isNotEmpty();
    assertThat(key.has("d")).isFalse();
  }

  @Test
  void aRestartedIssuerKeepsItsKey() {
    String before = send("GET", "/oauth2/jwks", null, null, null).body().utf8();
    try (DevTokenIssuer again = DevTokenIssuer.start(config(), now::get, vertx);
        HttpTransport other =
            HttpTransport.open(
                ClientConfig.cleartext(URI.create("http://127.0.0.1:" + again.port())),
                65_536,
                vertx)) {
      HttpReply reply =
          other.send(new HttpCall("GET", "/oauth2/jwks", Map.of(), null), Duration.ofSeconds(5));
      assertThat(reply.body().utf8()).isEqualTo(before);
    } catch (io.aipaging.sbi.transport.TransportFailure e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCallOverMutualTlsCarriesATokenOfTheIssuer() {
    DevPki pki = DevPki.in(folder.resolve("pki"), InstantSource.system());
    DevPki.Identity aipf = pki.identity(Subject.local("nf-aipf", UUID.randomUUID()));
    DevPki.Identity nef = pki.identity(Subject.local("nf-nef", UUID.randomUUID()));
    JwkSet keys = new JwkSet(List.of());
    try (RemoteKeys issuerKeys = RemoteKeys.at(address(), "/oauth2/jwks", vertx);
        SbiServer server =
            ContractBindings.bind(
                    SbiServer.builder(
                            ListenerConfig.tls("127.0.0.1", 0, aipf.listener(ClientAuth.REQUIRED)),
                            new TokenPolicy(ISSUER, Set.of("AIPF"), issuerKeys),
                            InstantSource.system())
                        .vertx(vertx),
                    (NaipfKeyinfo) (call, request) -> keys)
                .start();
        ClientCredentials tokens =
            ClientCredentials.at(
                address(), new ClientCredentials.Credentials("nef-1", SECRET, "AIPF"), vertx)) {
      URI uri = URI.create("https://127.0.0.1:" + server.port());
      assertThat(getKeys(ClientConfig.tls(uri, nef.client()), tokens)).isEqualTo(keys);
      ClientTlsConfig anonymous = ClientTlsConfig.trusting(nef.trustFile());
      Refusal refused =
          catchThrowableOfType(
              Refusal.class, () -> getKeys(ClientConfig.tls(uri, anonymous), tokens));
      assertThat(refused.status()).isEqualTo(504);
      DevPki strangers = DevPki.in(folder.resolve("other"), InstantSource.system());
      DevPki.Identity stranger = strangers.identity(Subject.local("nf-nef", UUID.randomUUID()));
      Refusal untrusted =
          catchThrowableOfType(
              Refusal.class, () -> getKeys(ClientConfig.tls(uri, stranger.client()), tokens));
      assertThat(untrusted.problemCause()).isEqualTo("TARGET_NF_NOT_REACHABLE");
    }
  }

  private JwkSet getKeys(ClientConfig config, TokenSource tokens) {
    try (SbiClient client = SbiClient.create(config, tokens, InstantSource.system(), vertx)) {
      Call call = Call.within("nef-1", Instant.now(), Duration.ofSeconds(5));
      return new HttpNaipfKeyinfo(client).getKeys(call, new GetKeys());
    }
  }

  private IssuerConfig config() {
    return new IssuerConfig(
        ListenerConfig.cleartext("127.0.0.1", 0),
        ISSUER,
        folder.resolve("issuer.key"),
        List.of(
            new IssuerConfig.Client(
                "nef-1", SECRET, List.of("naipf-paging", "naipf-keyinfo"), List.of("AIPF", "PCF")),
            new IssuerConfig.Client("smf-1", SECRET, List.of("naipf-keyinfo"), List.of("AIPF"))),
        Duration.ofMinutes(10));
  }

  private ClientConfig address() {
    return ClientConfig.cleartext(URI.create("http://127.0.0.1:" + issuer.port()));
  }

  private HttpReply ask(String id, String secret, String form) {
    return send(
        "POST", "/oauth2/token", basic(id, secret), form, "application/x-www-form-urlencoded");
  }

  private static String basic(String id, String secret) {
    String pair =
        java.net.URLEncoder.encode(id, StandardCharsets.UTF_8)
            + ":"
            + java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private HttpReply send(
      String method, String path, String authorization, String body, String type) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (authorization != null) {
      headers.put("Authorization", authorization);
    }
    if (type != null) {
      headers.put("Content-Type", type);
    }
    try {
      return http.send(
          new HttpCall(method, path, headers, body == null ? null : Bytes.utf8(body)),
          Duration.ofSeconds(5));
    } catch (io.aipaging.sbi.transport.TransportFailure e) {
      throw new AssertionError(e.kind().toString(), e);
    }
  }

  private static JsonNode json(HttpReply reply) {
    try {
      return Json.tree(reply.body().toArray());
    } catch (java.io.IOException e) {
      throw new AssertionError(reply.body().utf8(), e);
    }
  }
}

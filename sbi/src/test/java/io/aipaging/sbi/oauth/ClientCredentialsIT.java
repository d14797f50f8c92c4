package io.aipaging.sbi.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.config.ClientConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientCredentialsIT {
  private static final String SECRET = "s3cr3t:+%";

  private final WireMockServer issuer =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private ClientCredentials tokens;

  @BeforeEach
  void start() {
    issuer.start();
    tokens =
        ClientCredentials.at(
            ClientConfig.cleartext(URI.create("http://127.0.0.1:" + issuer.port())).overHttp1(),
            new ClientCredentials.Credentials("nef-1", SECRET, "AIPF"),
            null);
  }

  @AfterEach
  void stop() {
    tokens.close();
    issuer.stop();
  }

  @Test
  void aTokenIsFetchedOnceForAllWhoWait() throws Exception {
    serve("t-1", 600);
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(CompletableFuture.supplyAsync(() -> tokens.token("a"), Thread::startVirtualThread));
    }
    for (CompletableFuture<String> one : all) {
      assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo("t-1");
    }
    LoggedRequest request = requests().getFirst();
    assertThat(requests()).hasSize(1);
    assertThat(request.getBodyAsString())
        .isEqualTo("grant_type=client_credentials&scope=a&audience=AIPF");
    assertThat(request.getHeader("Authorization")).isEqualTo("Basic bmVmLTE6czNjcjN0JTNBJTJCJTI1");
    tokens.token("b");
    assertThat(requests()).hasSize(2);
  }

  @Test
  void aRejectedTokenIsFetchedAnew() {
    serve("t-1", 600);
    assertThat(tokens.token("a")).isEqualTo("t-1");
    serve("t-2", 600);
    assertThat(tokens.token("a")).isEqualTo("t-1");
    tokens.rejected("some other");
    assertThat(tokens.token("a")).isEqualTo("t-1");
    tokens.rejected("t-1");
    assertThat(tokens.token("a")).isEqualTo("t-2");
  }

  @Test
  void anIssuerThatRefusesOrFailsIsTheInboundServersFault() {
    for (int status : new int[] {400, 401, 429, 500, 302}) {
      issuer.stubFor(
          post(urlEqualTo("/oauth2/token"))
              .willReturn(aResponse().withStatus(status).withHeader("Location", "/x")));
      Refusal refusal = catchThrowableOfType(Refusal.class, () -> tokens.token("a"));
      assertThat(refusal.problemCause()).isEqualTo("INBOUND_SERVER_ERROR");
    }
    for (String body :
        List.of(
            "{}",
            "x",
            "{\"access_token\":\"t\",\"token_type\":\"Bearer\"}",
            "{\"access_token\":\"t\",\"token_type\":\"mac\",\"expires_in\":9}")) {
      issuer.stubFor(post(urlEqualTo("/oauth2/token")).willReturn(okJson(body)));
      Refusal refusal = catchThrowableOfType(Refusal.class, () -> tokens.token("a"));
      assertThat(refusal.problemCause()).isEqualTo("INBOUND_SERVER_ERROR");
      assertThat(refusal.detail()).doesNotContain(SECRET);
    }
    issuer.stop();
    Refusal gone = catchThrowableOfType(Refusal.class, () -> tokens.token("a"));
    assertThat(gone.problemCause()).isEqualTo("TARGET_NF_NOT_REACHABLE");
  }

  @Test
  void theSecretIsNotShown() {
    assertThat(new ClientCredentials.Credentials("nef-1", SECRET, "AIPF").toString())
        .doesNotContain(SECRET);
  }

  private void serve(String token, int seconds) {
    issuer.stubFor(
        post(urlEqualTo("/oauth2/token"))
            .willReturn(
                okJson(
                    "{\"access_token\":\""
                        + token
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                        + seconds
                        + "}")));
  }

  private List<LoggedRequest> requests() {
    return issuer.findAll(postRequestedFor(urlEqualTo("/oauth2/token")));
  }
}

package io.aipaging.pcfadapter;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.sbi.config.ClientConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcfFaultsIT {
  private static final String SESSIONS = "/npcf-policyauthorization/v1/app-sessions";

  @TempDir Path folder;
  private final WireMockServer pcf = new WireMockServer(options().dynamicPort());
  private PcfAdapter adapter;

  @BeforeEach
  void start() {
    pcf.start();
    adapter = adapterTo(URI.create(pcf.baseUrl()));
  }

  private PcfAdapter adapterTo(URI uri) {
    PcfAdapterConfig base = PcfAdapterConfig.inProcess(uri, folder.resolve("journal"));
    PcfAdapterConfig.Pcf impatient =
        new PcfAdapterConfig.Pcf(
            ClientConfig.cleartext(uri).overHttp1(),
            null,
            Duration.ofMillis(1_500),
            AppSessionDefaults.none());
    return PcfAdapterMain.start(
        new PcfAdapterConfig(
            null,
            null,
            base.callback(),
            null,
            base.core(),
            null,
            impatient,
            base.journal(),
            base.lanes(),
            base.bindings(),
            null));
  }

  @AfterEach
  void stop() {
    adapter.close();
    pcf.stop();
  }

  private QosBinding create() {
    return adapter
        .qosBinding()
        .createQosBinding(
            Call.within("aipf", Instant.now(), Duration.ofSeconds(5)),
            new CreateQosBinding(
                "b1",
                "10.45.0.2",
                new ServiceAddress("203.0.113.10", "UDP", 5004),
                null,
                null,
                null,
                "low-latency",
                null,
                null,
                10_000));
  }

  private void createIsAnswered(ResponseDefinitionBuilder answer) {
    pcf.stubFor(post(urlEqualTo(SESSIONS)).willReturn(answer));
  }

  private void assertCreateRefused(int status, String cause) {
    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(status);
              assertThat(refusal.problemCause()).isEqualTo(cause);
            });
  }

  private void assertSentOnce() {
    pcf.verify(1, postRequestedFor(urlEqualTo(SESSIONS)));
  }

  @Test
  void aCoreThatDoesNotAnswerIsAskedOnce() {
    createIsAnswered(aResponse().withStatus(201).withFixedDelay(4_000));
    assertCreateRefused(504, "TIMED_OUT_REQUEST");
    assertCreateRefused(504, "TIMED_OUT_REQUEST");
    assertSentOnce();
  }

  @Test
  void aConnectionResetAfterSendingIsALostAnswer() {
    createIsAnswered(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertCreateRefused(504, "TIMED_OUT_REQUEST");
    assertSentOnce();
  }

  @Test
  void anEmptyAnswerIsALostAnswer() {
    createIsAnswered(aResponse().withFault(Fault.EMPTY_RESPONSE));
    assertCreateRefused(504, "TIMED_OUT_REQUEST");
    assertSentOnce();
  }

  @Test
  void malformedJsonWithALocationIsDeletedThere() {
    createIsAnswered(
        aResponse()
            .withStatus(201)
            .withHeader("Location", SESSIONS + "/42")
            .withBody("{\"ascReqData\":"));
    pcf.stubFor(post(urlEqualTo(SESSIONS + "/42/delete")).willReturn(aResponse().withStatus(204)));
    assertCreateRefused(502, "INBOUND_SERVER_ERROR");
    Eventually.holds(
        "deleted",
        () -> !pcf.findAll(postRequestedFor(urlEqualTo(SESSIONS + "/42/delete"))).isEmpty());
  }

  @Test
  void a201WithoutAUsableLocationIsALostAnswer() {
    createIsAnswered(aResponse().withStatus(201).withBody("{}"));
    assertCreateRefused(504, "TIMED_OUT_REQUEST");
  }

  @Test
  void aLocationCannotSendUsToAnotherHost() {
    createIsAnswered(
        aResponse()
            .withStatus(201)
            .withHeader("Location", "http://192.0.2.1:9" + SESSIONS + "/7")
            .withBody("{}"));
    pcf.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(405)));
    pcf.stubFor(post(urlEqualTo(SESSIONS + "/7/delete")).willReturn(aResponse().withStatus(404)));
    assertThat(create().state()).isEqualTo("HELD");
    adapter
        .qosBinding()
        .deleteQosBinding(
            Call.within("aipf", Instant.now(), Duration.ofSeconds(5)), new DeleteQosBinding("b1"));
    pcf.verify(1, postRequestedFor(urlEqualTo(SESSIONS + "/7/delete")));
  }

  @Test
  void redirectsAreNotFollowed() {
    createIsAnswered(
        aResponse().withStatus(308).withHeader("Location", pcf.baseUrl() + "/elsewhere"));
    assertCreateRefused(502, "INBOUND_SERVER_ERROR");
    assertThat(pcf.getAllServeEvents()).hasSize(1);
  }

  @Test
  void congestionIsNotPassedOnAsOurs() {
    createIsAnswered(aResponse().withStatus(503).withHeader("Retry-After", "3"));
    assertCreateRefused(502, "INBOUND_SERVER_ERROR");
    assertSentOnce();
  }

  /** TS 29.500 §6.4: one that is overloaded is asked for nothing new as long as it says. */
  @Test
  void anOverloadedCoreIsLeftAlone() {
    createIsAnswered(aResponse().withStatus(429).withHeader("Retry-After", "1"));
    assertCreateRefused(502, "INBOUND_SERVER_ERROR");
    assertCreateRefused(502, "INBOUND_SERVER_ERROR");
    assertSentOnce();
    createIsAnswered(
        aResponse().withStatus(201).withHeader("Location", SESSIONS + "/7").withBody("{}"));
    pcf.stubFor(post(urlEqualTo(SESSIONS + "/7/delete")).willReturn(aResponse().withStatus(204)));
    Eventually.holds("asked again", this::isMade);
    pcf.verify(2, postRequestedFor(urlEqualTo(SESSIONS)));
  }

  private boolean isMade() {
    try {
      return create().state().equals("HELD");
    } catch (Refusal e) {
      return false;
    }
  }

  @Test
  void causesThatAreNoneAreNotRepeated() {
    createIsAnswered(
        aResponse().withStatus(403).withBody("{\"cause\":\"<script>alert(1)</script>\"}"));
    assertCreateRefused(403, "REQUESTED_SERVICE_NOT_AUTHORIZED");
  }

  @Test
  void aCoreThatIsNotThereIsUnreachable() {
    pcf.stop();
    assertCreateRefused(504, "TARGET_NF_NOT_REACHABLE");
  }
}

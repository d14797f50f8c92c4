package io.aipaging.pcfadapter;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.aipaging.pcfadapter.AdapterFixture.assertRefused;
import static io.aipaging.pcfadapter.AdapterFixture.call;
import static io.aipaging.pcfadapter.AdapterFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.nrf.NrfConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** NRF and BSF of a core that misbehave, beside a PCF that does not. */
class CoreFaultsIT {
  private static final String SESSIONS = "/npcf-policyauthorization/v1/app-sessions";
  private static final String INSTANCES = "/nnrf-nfm/v1/nf-instances/.*";
  private static final String DISCOVERY = "/nnrf-disc/v1/nf-instances";
  private static final String BINDINGS = "/nbsf-management/v1/pcfBindings";
  private static final Duration ANSWER = Duration.ofMillis(500);

  @TempDir Path folder;
  private final WireMockServer core = new WireMockServer(options().dynamicPort());
  private PcfAdapter adapter;

  @BeforeEach
  void start() {
    core.start();
    registrationIsAnswered(okJson("{\"heartBeatTimer\":60}").withStatus(201));
    discoveryIsAnswered("BSF", offering("nbsf-management"));
    discoveryIsAnswered("PCF", offering("npcf-policyauthorization"));
    bindingIsAnswered(
        okJson(
            "{\"dnn\":\"internet\",\"snssai\":{\"sst\":1},\"pcfIpEndPoints\":"
                + "[{\"ipv4Address\":\"127.0.0.1\",\"port\":%d}]}".formatted(core.port())));
    core.stubFor(
        post(urlEqualTo(SESSIONS))
            .willReturn(okJson("{}").withStatus(201).withHeader("Location", SESSIONS + "/1")));
  }

  private void startAdapter() {
    PcfAdapterConfig usual =
        PcfAdapterConfig.inProcess(URI.create(core.baseUrl()), folder.resolve("journal"));
    adapter =
        PcfAdapterMain.start(
            new PcfAdapterConfig(
                null,
                null,
                usual.callback(),
                null,
                Core.FREE5GC,
                new NrfConfig(
                    List.of(URI.create(core.baseUrl())),
                    null,
                    null,
                    "127.0.0.1",
                    Duration.ofSeconds(60),
                    ANSWER,
                    null),
                new PcfAdapterConfig.Pcf(null, null, ANSWER, AppSessionDefaults.none()),
                usual.journal(),
                usual.lanes(),
                usual.bindings(),
                null));
  }

  @AfterEach
  void stop() {
    adapter.close();
    core.stop();
  }

  private ResponseDefinitionBuilder offering(String service) {
    return okJson(
        "{\"validityPeriod\":1,\"nfInstances\":[{\"nfStatus\":\"REGISTERED\",\"nfServices\":"
            + "[{\"serviceName\":\"%s\",\"scheme\":\"https\",\"apiPrefix\":\"%s\"}]}]}"
                .formatted(service, core.baseUrl()));
  }

  private void registrationIsAnswered(ResponseDefinitionBuilder answer) {
    core.stubFor(put(urlPathMatching(INSTANCES)).willReturn(answer));
  }

  private void discoveryIsAnswered(String nfType, ResponseDefinitionBuilder answer) {
    core.stubFor(
        get(urlPathEqualTo(DISCOVERY))
            .withQueryParam("target-nf-type", equalTo(nfType))
            .willReturn(answer));
  }

  private void bindingIsAnswered(ResponseDefinitionBuilder answer) {
    core.stubFor(get(urlPathEqualTo(BINDINGS)).willReturn(answer));
  }

  private QosBinding create() {
    return adapter
        .qosBinding()
        .createQosBinding(call(), request("b1", "10.45.0.2", "low-latency", 10_000));
  }

  private void assertNothingAskedOfThePcf() {
    core.verify(0, postRequestedFor(urlEqualTo(SESSIONS)));
  }

  /** What is wrong with an answer, by name. */
  record Wrong(String what, UnaryOperator<ResponseDefinitionBuilder> makes) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Wrong> wrongs() {
    return Stream.of(
        new Wrong("late", answer -> answer.withFixedDelay(3_000)),
        new Wrong("dribbled", answer -> answer.withChunkedDribbleDelay(20, 3_000)),
        new Wrong("reset", answer -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        new Wrong("empty", answer -> aResponse().withFault(Fault.EMPTY_RESPONSE)),
        new Wrong("garbage", answer -> aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        new Wrong("cut", answer -> aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
        new Wrong("no JSON", answer -> aResponse().withBody("{\"nfInstances\":[")),
        new Wrong("null members", answer -> okJson("{\"nfInstances\":null}")),
        new Wrong("other JSON", answer -> okJson("[[1],\"x\"]")),
        new Wrong("too long", answer -> aResponse().withBody("[" + " ".repeat(300_000) + "]")),
        new Wrong("500", answer -> aResponse().withStatus(500)),
        new Wrong("503", answer -> aResponse().withStatus(503).withHeader("Retry-After", "9")),
        new Wrong("redirect", answer -> aResponse().withStatus(307)));
  }

  @Test
  void withoutFaultsABindingIsMade() {
    startAdapter();
    assertThat(create().state()).isEqualTo("HELD");
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void whateverIsWrongWithTheBsfTheNrfNamesThePcf(Wrong wrong) {
    bindingIsAnswered(wrong.makes().apply(okJson("{\"pcfIpEndPoints\":[]}")));
    startAdapter();
    assertThat(create().state()).isEqualTo("HELD");
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void whateverIsWrongWithDiscoveryNothingIsAskedOfAnybodyAndLaterItWorks(Wrong wrong) {
    discoveryIsAnswered("BSF", wrong.makes().apply(offering("nbsf-management")));
    discoveryIsAnswered("PCF", wrong.makes().apply(offering("npcf-policyauthorization")));
    startAdapter();
    assertRefused(this::create, 504, "TARGET_NF_NOT_REACHABLE");
    assertNothingAskedOfThePcf();

    discoveryIsAnswered("BSF", offering("nbsf-management"));
    discoveryIsAnswered("PCF", offering("npcf-policyauthorization"));
    Eventually.holds(
        "found again",
        () -> {
          try {
            return create().state().equals("HELD");
          } catch (Refusal e) {
            return false;
          }
        });
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void whateverIsWrongWithRegistrationBindingsAreMade(Wrong wrong) {
    registrationIsAnswered(wrong.makes().apply(okJson("{}").withStatus(201)));
    startAdapter();
    assertThat(create().state()).isEqualTo("HELD");
  }

  /** One attempt, then a second later another at the earliest; each breaks once more at most. */
  @Test
  void anNrfInTroubleIsNotStormed() throws Exception {
    registrationIsAnswered(aResponse().withStatus(500));
    startAdapter();
    Eventually.holds(
        "tried twice", () -> core.findAll(putRequestedFor(urlPathMatching(INSTANCES))).size() >= 2);
    assertThat(core.findAll(putRequestedFor(urlPathMatching(INSTANCES)))).hasSizeBetween(2, 3);
  }

  @Test
  void aPcfOfWhichOnlyNonsenseIsKnownIsNotAsked() {
    bindingIsAnswered(okJson("{\"pcfFqdn\":\"no host\",\"snssai\":{\"sst\":\"x\"},\"supi\":7}"));
    startAdapter();
    assertThat(create().state()).isEqualTo("HELD");
    core.verify(1, postRequestedFor(urlEqualTo(SESSIONS)));
  }
}

package io.aipaging.simulators.pcf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.flavor.Quirk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulated PCFs do that a client must not rely on, nor bring about. */
class PcfHabitsIT {
  private static final String UE = "10.45.0.2";
  private RunningPcf pcf;
  private N5 n5;

  private void start(Flavor flavor, Quirk... off) {
    start(PcfSimulatorConfig.defaults().as(flavor).without(Set.of(off)));
  }

  /** One for which no operation follows another too soon. */
  private void startUnpaced(Flavor flavor) {
    PcfSimulatorConfig usual = PcfSimulatorConfig.defaults();
    start(
        new PcfSimulatorConfig(
            usual.host(),
            usual.port(),
            usual.controlPort(),
            flavor,
            usual.ues(),
            usual.qosReferences(),
            Duration.ZERO,
            usual.spec(),
            usual.quirksOff()));
  }

  private void start(PcfSimulatorConfig config) {
    pcf = PcfSimulator.start(config);
    n5 = new N5(pcf.port(), pcf.controlPort());
  }

  @AfterEach
  void close() {
    n5.close();
    pcf.close();
  }

  private List<String> harm() {
    return n5.state().path("violations").findValuesAsText("kind");
  }

  private static ObjectNode component(ObjectNode body) {
    return (ObjectNode) body.at("/ascReqData/medComponents/1");
  }

  private static ObjectNode filtered(String... filters) throws Exception {
    ObjectNode body = N5.body(UE);
    var listed = ((ObjectNode) component(body).at("/medSubComps/1")).putArray("fDescs");
    List.of(filters).forEach(listed::add);
    return body;
  }

  /** O-28, F-24, F-25: one refuses what it cannot read, the other says nothing. */
  @ParameterizedTest
  @CsvSource({
    "OPEN5GS, permit out udp from 203.0.113.10 to 10.45.0.2, 403, ''",
    "REL18, permit out udp from 203.0.113.10 to 10.45.0.2, 403, FILTER_RESTRICTIONS",
    "FREE5GC, permit out udp from 203.0.113.10 to 10.45.0.2, 201, ''",
    "FREE5GC, permit inout 6 from 203.0.113.10 to 10.45.0.2, 201, ''",
    "FREE5GC, allow everything, 403, FILTER_RESTRICTIONS"
  })
  void aFilterNobodyCanRead(Flavor flavor, String filter, int status, String cause)
      throws Exception {
    start(flavor);
    RawClient.Reply reply = n5.create(filtered(filter));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body().path("cause").asText()).isEqualTo(cause);
    assertThat(harm()).isEqualTo(status == 201 ? List.of("NEVER_INSTALLED") : List.of());
  }

  /** O-27. */
  @Test
  void aCreateWithoutFlowsIsAcceptedByOneAndRefusedByOthers() throws Exception {
    ObjectNode body = N5.body(UE);
    component(body).remove("medSubComps");
    start(Flavor.OPEN5GS);
    assertThat(n5.create(body).status()).isEqualTo(201);
    assertThat(harm()).containsExactly("NEVER_INSTALLED");
    close();
    start(Flavor.OPEN5GS, Quirk.O_27);
    assertThat(n5.create(body).status()).isEqualTo(403);
  }

  /** F-23. */
  @Test
  void ofManyFlowsOnlyTheFirstComesAbout() throws Exception {
    start(Flavor.FREE5GC);
    ObjectNode body = N5.body(UE);
    ObjectNode subComponents = (ObjectNode) component(body).get("medSubComps");
    ObjectNode second = subComponents.get("1").deepCopy();
    subComponents.set("2", second.put("fNum", 2));
    assertThat(n5.create(body).status()).isEqualTo(201);
    assertThat(harm()).containsExactly("NEVER_INSTALLED");
  }

  /** O-32, F-30. */
  @ParameterizedTest
  @CsvSource({"OPEN5GS, 400, ''", "FREE5GC, 201, SPOILT;NEVER_INSTALLED", "REL18, 400, ''"})
  void nothingButARoute(Flavor flavor, int status, String kinds) throws Exception {
    ObjectNode body = N5.body(UE);
    ObjectNode asc = (ObjectNode) body.get("ascReqData");
    asc.remove("medComponents");
    asc.put("afAppId", "a")
        .putObject("afRoutReq")
        .putArray("routeToLocs")
        .addObject()
        .put("dnai", "edge-a")
        .put("routeProfId", "MEC1");
    start(flavor);
    assertThat(n5.create(body).status()).isEqualTo(status);
    assertThat(String.join(";", harm())).isEqualTo(kinds);
  }

  /** O-33, O-34, F-28. */
  @Test
  void anUpdateOfFlowsLeavesTheFormerOnes() throws Exception {
    startUnpaced(Flavor.OPEN5GS);
    String id = N5.idOf(n5.create(N5.body(UE)));
    assertThat(n5.patch(id, Map.of("ascReqData", Map.of("afAppId", "x"))).status()).isEqualTo(400);
    Map<String, Object> flows = Map.of("medComponents", Map.of("1", Map.of("medCompN", 1)));
    assertThat(n5.patch(id, Map.of("ascReqData", flows)).status()).isEqualTo(200);
    assertThat(harm()).containsExactly("LEFT_BEHIND");
    close();
    startUnpaced(Flavor.FREE5GC);
    String other = N5.idOf(n5.create(N5.body(UE)));
    assertThat(n5.patch(other, flows).status()).isEqualTo(200);
    assertThat(harm()).containsExactly("LEFT_BEHIND");
  }

  /** O-26, F-22. */
  @Test
  void halfARateIsNoGuarantee() throws Exception {
    start(Flavor.OPEN5GS);
    ObjectNode body = N5.body(UE);
    component(body).put("marBwDl", "2 Mbps");
    assertThat(n5.create(body).status()).isEqualTo(201);
    assertThat(harm()).containsExactly("UNGUARANTEED");
    close();
    start(Flavor.FREE5GC);
    ObjectNode oneWay = filtered("permit out 6 from 203.0.113.10 8000 to 10.45.0.2");
    component(oneWay).put("marBwUl", "2 Mbps").put("mirBwUl", "1 Mbps");
    component(oneWay).put("marBwDl", "2 Mbps").put("mirBwDl", "1 Mbps");
    assertThat(n5.create(oneWay).status()).isEqualTo(201);
    assertThat(harm()).containsExactly("UNGUARANTEED");
  }

  /** F-35. */
  @Test
  void createsThatMeetTakeThePcfDown() throws Exception {
    start(Flavor.FREE5GC);
    var _ = n5.create(N5.body("10.45.0.9"));
    n5.control("PUT", "/behaviour", Map.of("latencyMs", 150));
    ObjectNode body = N5.body(UE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = CompletableFuture.supplyAsync(() -> n5.create(body), threads);
      var second = CompletableFuture.supplyAsync(() -> n5.create(body), threads);
      CompletableFuture.allOf(first, second).join();
    }
    assertThat(harm()).containsExactly("OVERLAP");
    assertThat(n5.state().path("sessions").findValuesAsText("ue")).doesNotContain("10.45.0.9");
  }

  /** O-39: all UEs lose their PDU sessions, and PCF and BSF do not know. */
  @Test
  void hasteTakesTheSmfDown() throws Exception {
    start(Flavor.OPEN5GS);
    var _ = n5.create(N5.body("10.45.0.9"));
    assertThat(pcf.flows("10.45.0.9")).isEqualTo(1);
    String id = N5.idOf(n5.create(N5.body(UE)));
    n5.send("POST", "/" + id + "/delete", null);
    assertThat(harm()).containsExactly("PACING");
    assertThat(pcf.flows("10.45.0.9")).isZero();
    assertThat(pcf.sessions()).isEqualTo(1);
  }

  /** O-40. */
  @Test
  void refusalsUseUpNumbersAndARestartBeginsAnew() throws Exception {
    start(Flavor.OPEN5GS);
    assertThat(n5.create(N5.body("10.99.0.2")).status()).isEqualTo(404);
    assertThat(N5.idOf(n5.create(N5.body(UE)))).isEqualTo("2");
    pcf.restart();
    assertThat(N5.idOf(n5.create(N5.body("10.45.0.3")))).isEqualTo("1");
  }

  /** F-38. */
  @Test
  void theMethodDeleteIsUnknownToOneAndRefusedByOthers() throws Exception {
    start(Flavor.FREE5GC);
    String id = N5.idOf(n5.create(N5.body(UE)));
    assertThat(n5.send("DELETE", "/" + id, null).status()).isEqualTo(404);
    close();
    start(Flavor.OPEN5GS);
    assertThat(n5.send("DELETE", "/1", null).status()).isEqualTo(405);
  }

  /** O-23. */
  @Test
  void aRefusalOfWhatLacksAMemberNamesNoCause() throws Exception {
    start(Flavor.OPEN5GS);
    ObjectNode body = N5.body(UE);
    ((ObjectNode) body.get("ascReqData")).remove("suppFeat");
    RawClient.Reply reply = n5.create(body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().has("cause")).isFalse();
  }

  /** F-36. */
  @Test
  void hundredsOfOperationsOnOnePduSessionAreTooMany() throws Exception {
    start(Flavor.FREE5GC);
    ObjectNode unbound = N5.body(UE);
    ((ObjectNode) unbound.get("ascReqData")).remove("supi");
    for (int i = 0; i < 201; i++) {
      assertThat(n5.create(unbound).status()).isEqualTo(500);
    }
    assertThat(harm()).contains("HAMMERED");
  }
}

package io.aipaging.simulators.pcf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.spec.SpecFiles;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PcfSimulatorIT {
  private RunningPcf pcf = PcfSimulator.start(PcfSimulatorConfig.defaults());
  private N5 n5 = new N5(pcf.port(), pcf.controlPort());

  private void restartAs(Flavor flavor) {
    close();
    pcf = PcfSimulator.start(PcfSimulatorConfig.defaults().as(flavor));
    n5 = new N5(pcf.port(), pcf.controlPort());
  }

  @AfterEach
  void close() {
    n5.close();
    pcf.close();
  }

  private static ObjectNode asc(ObjectNode body) {
    return (ObjectNode) body.get("ascReqData");
  }

  private static ObjectNode component(ObjectNode body) {
    return (ObjectNode) asc(body).at("/medComponents/1");
  }

  private void assertProblem(JsonNode body, int status, String cause) {
    RawClient.Reply reply = n5.create(body);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.body().path("cause").asText()).isEqualTo(cause);
  }

  @Test
  void anAppSessionIsMadeShownChangedAndDeleted() throws Exception {
    RawClient.Reply created = n5.create(N5.body("10.45.0.2"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location"))
        .startsWith("http://127.0.0.1:" + pcf.port() + N5.SESSIONS + "/");
    String id = N5.idOf(created);
    assertThat(n5.send("GET", "/" + id, null).body()).isEqualTo(created.body());
    RawClient.Reply changed = n5.patch(id, Map.of("ascReqData", Map.of("afAppId", "x")));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body().at("/ascReqData/afAppId").asText()).isEqualTo("x");
    assertThat(changed.body().at("/ascReqData/ueIpv4").asText()).isEqualTo("10.45.0.2");
    assertThat(n5.send("POST", "/" + id + "/delete", null).status()).isEqualTo(204);
    RawClient.Reply gone = n5.send("POST", "/" + id + "/delete", null);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.body().path("cause").asText())
        .isEqualTo("APPLICATION_SESSION_CONTEXT_NOT_FOUND");
  }

  @Test
  void http11IsServedToo() throws Exception {
    try (N5 old =
        new N5(ClientConfig.cleartext(N5.uri(pcf.port())).overHttp1(), pcf.controlPort())) {
      assertThat(old.create(N5.body("10.45.0.2")).status()).isEqualTo(201);
    }
  }

  @Test
  void whatIsMandatoryIsDemanded() throws Exception {
    for (String member : Set.of("notifUri", "suppFeat", "ueIpv4", "medComponents")) {
      ObjectNode body = N5.body("10.45.0.2");
      asc(body).remove(member);
      assertProblem(body, 400, "MANDATORY_IE_MISSING");
    }
  }

  @Test
  void aNullAnywhereIsRefused() throws Exception {
    ObjectNode body = N5.body("10.45.0.2");
    component(body).putNull("marBwUl");
    assertProblem(body, 400, "INVALID_MSG_FORMAT");
    RawClient.Reply created = n5.create(N5.body("10.45.0.3"));
    assertThat(n5.patch(N5.idOf(created), Map.of("ascReqData", nullMember())).status())
        .isEqualTo(400);
  }

  private static JsonNode nullMember() throws Exception {
    return N5.body("10.45.0.2").putNull("dnn");
  }

  @Test
  void anUnknownQosReferenceIsRefusedWithWhatWouldDo() throws Exception {
    ObjectNode body = N5.body("10.45.0.2");
    component(body).put("qosReference", "gold");
    RawClient.Reply reply = n5.create(body);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body().path("cause").asText()).isEqualTo("REQUESTED_SERVICE_NOT_AUTHORIZED");
    assertThat(
            reply.body().at("/acceptableServInfo/accBwMedComps").findValuesAsText("qosReference"))
        .containsExactly("best-effort", "conversational", "low-latency");
  }

  @Test
  void aFilterThatNoCoreTakesIsRefused() throws Exception {
    ObjectNode body = N5.body("10.45.0.2");
    ((ObjectNode) component(body).at("/medSubComps/1"))
        .putArray("fDescs")
        .add("permit out udp from 203.0.113.10 to 10.45.0.2");
    assertProblem(body, 403, "FILTER_RESTRICTIONS");
  }

  @Test
  void anUnknownUeHasNoPduSession() throws Exception {
    assertProblem(N5.body("10.99.0.2"), 500, "PDU_SESSION_NOT_AVAILABLE");
    restartAs(Flavor.OPEN5GS);
    assertProblem(N5.body("10.99.0.2"), 404, "");
  }

  @Test
  void open5gsDoesNotReadAndNumbersItsSessions() throws Exception {
    restartAs(Flavor.OPEN5GS);
    String id = N5.idOf(n5.create(N5.body("10.45.0.2")));
    assertThat(id).isEqualTo("1");
    assertThat(n5.send("GET", "/1", null).status()).isEqualTo(405);
  }

  @Test
  void free5gcNeedsASupiAndIgnoresTheReference() throws Exception {
    restartAs(Flavor.FREE5GC);
    ObjectNode body = N5.body("10.45.0.2");
    component(body).put("qosReference", "gold");
    assertThat(N5.idOf(n5.create(body))).isEqualTo("imsi-001010000000001-1");
    asc(body).remove("supi");
    RawClient.Reply reply = n5.create(body);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void overlappingAndHastyOperationsOfOnePduSessionAreCounted() throws Exception {
    n5.control("PUT", "/behaviour", Map.of("latencyMs", 150));
    JsonNode body = N5.body("10.45.0.2");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = CompletableFuture.supplyAsync(() -> n5.create(body), threads);
      var second = CompletableFuture.supplyAsync(() -> n5.create(body), threads);
      var other = CompletableFuture.supplyAsync(() -> n5.create(otherUe()), threads);
      CompletableFuture.allOf(first, second, other).join();
      n5.send("POST", "/" + N5.idOf(first.join()) + "/delete", null);
    }
    assertThat(n5.state().path("violations").findValuesAsText("kind"))
        .containsExactly("OVERLAP", "PACING");
    n5.control("DELETE", "/violations", null);
    assertThat(n5.state().path("violations")).isEmpty();
  }

  private static JsonNode otherUe() {
    try {
      return N5.body("10.45.0.3");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusalsAreGivenOnOrderAndAsOftenAsOrdered() throws Exception {
    n5.control(
        "PUT",
        "/behaviour",
        Map.of("times", 1, "refuse", Map.of("status", 503, "retryAfterSec", 3)));
    RawClient.Reply refused = n5.create(N5.body("10.45.0.2"));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("3");
    assertThat(n5.create(N5.body("10.45.0.2")).status()).isEqualTo(201);
  }

  @Test
  void lostAnswersLeaveTheSessionBehind() throws Exception {
    n5.control("PUT", "/behaviour", Map.of("loseAnswers", true));
    JsonNode body = N5.body("10.45.0.2");
    assertThatThrownBy(() -> n5.create(body)).isInstanceOf(Refusal.class);
    assertThat(n5.state().path("sessions")).hasSize(1);
  }

  @Test
  void anEquivalentSessionIsPointedAtOnOrder() throws Exception {
    n5.control("PUT", "/behaviour", Map.of("seeOther", true));
    RawClient.Reply first = n5.create(N5.body("10.45.0.2"));
    RawClient.Reply second = n5.create(N5.body("10.45.0.2"));
    assertThat(second.status()).isEqualTo(303);
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
  }

  @Test
  void bodiesAreHeldAgainstTheSpecification() throws Exception {
    assumeTrue(
        SpecFiles.policyAuthorization() != null,
        "TS 29.514 is not here; set AIPAGING_SPECS to the folder that holds rel18/");
    ObjectNode body = N5.body("10.45.0.2");
    component(body).put("marBwUl", "20");
    assertThat(n5.create(body).status()).isEqualTo(400);
    assertThat(n5.state().path("schemaChecked").asBoolean()).isTrue();
    assertThat(n5.state().path("violations").findValuesAsText("kind")).containsExactly("SCHEMA");
  }

  @Test
  void unknownPathsAndMethodsAreTold() {
    assertThat(n5.send("PUT", "/x", null).status()).isEqualTo(405);
    assertThat(n5.send("GET", "/x/y/z", null).status()).isEqualTo(404);
    assertThat(n5.control("GET", "/nothing", null).status()).isEqualTo(404);
    assertThat(n5.control("POST", "/sessions/x/terminate", null).status()).isEqualTo(404);
  }
}

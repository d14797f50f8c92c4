package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A consumer of a simulated PCF, and its control. */
public final class N5 implements AutoCloseable {
  static final String SESSIONS = "/npcf-policyauthorization/v1/app-sessions";
  private static final Duration TIME = Duration.ofSeconds(5);

  private final RawClient n5;
  private final RawClient control;

  public N5(int port, int controlPort) {
    this(ClientConfig.cleartext(uri(port)), controlPort);
  }

  N5(ClientConfig client, int controlPort) {
    this.n5 = RawClient.create(client, null);
    this.control = RawClient.create(ClientConfig.cleartext(uri(controlPort)), null);
  }

  static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** A create that any PCF accepts. */
  static ObjectNode body(String ue) throws Exception {
    return (ObjectNode)
        Json.tree(
            """
            {"ascReqData":{"ueIpv4":"%s","notifUri":"http://127.0.0.1:9/n5/x","suppFeat":"0",
             "dnn":"internet","sliceInfo":{"sst":1},"supi":"imsi-001010000000001",
             "medComponents":{"1":{"medCompN":1,"qosReference":"low-latency","medType":"VIDEO",
              "fStatus":"ENABLED","medSubComps":{"1":{"fNum":1,"fDescs":[
               "permit out 6 from 203.0.113.10 8000 to %s",
               "permit in 6 from %s to 203.0.113.10 8000"]}}}}}}
            """
                .formatted(ue, ue, ue)
                .getBytes(StandardCharsets.UTF_8));
  }

  RawClient.Reply create(JsonNode body) {
    return send("POST", "", body);
  }

  RawClient.Reply send(String method, String target, Object body) {
    return n5.send(RawClient.Request.of(method, SESSIONS + target, body), TIME);
  }

  RawClient.Reply patch(String id, Object body) {
    return n5.send(
        new RawClient.Request(
            "PATCH",
            SESSIONS + "/" + id,
            Map.of("Content-Type", "application/merge-patch+json"),
            body),
        TIME);
  }

  public JsonNode state() {
    return control.send(RawClient.Request.of("GET", "/state", null), TIME).body();
  }

  RawClient.Reply control(String method, String target, Object body) {
    return control.send(RawClient.Request.of(method, target, body), TIME);
  }

  static String idOf(RawClient.Reply created) {
    String location = created.header("Location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  @Override
  public void close() {
    n5.close();
    control.close();
  }
}

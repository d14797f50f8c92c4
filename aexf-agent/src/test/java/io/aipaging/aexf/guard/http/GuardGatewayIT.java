package io.aipaging.aexf.guard.http;

import static io.aipaging.aexf.guard.http.GuardKit.GATEWAY;
import static io.aipaging.aexf.guard.http.GuardKit.OTHER_UE;
import static io.aipaging.aexf.guard.http.GuardKit.SESSION;
import static io.aipaging.aexf.guard.http.GuardKit.UE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipaging.aexf.Commits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may say in whose name it relays, and who may probe. */
class GuardGatewayIT {
  private static final String PROBE = "/.well-known/aipaging/probe?sid=" + SESSION;

  @TempDir Path directory;
  private GuardKit kit;
  private String token;

  @BeforeEach
  void start() {
    kit = new GuardKit(directory);
    kit.admit(Duration.ofSeconds(60));
    token = "Bearer " + kit.token(SESSION, UE);
  }

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void aListedGatewayRelaysForTheUeItNames() throws Exception {
    try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
      gateway.send(RawClient.relaying(UE));
      gateway.get("/v1/echo", "Authorization", token);
      assertThat(gateway.answer()).contains("200 OK");
      gateway.get("/v1/echo", "Authorization", token);
      assertThat(gateway.answer()).contains("200 OK");
    }
    try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
      gateway.send(RawClient.relaying(OTHER_UE));
      gateway.get("/v1/echo", "Authorization", token);
      assertThat(gateway.answer()).contains("403").contains("wrong_ue_address");
    }
  }

  @Test
  void aHeaderMayArriveInPiecesAndTogetherWithTheRequest() throws Exception {
    byte[] header = RawClient.relaying(UE);
    String request = "GET /v1/echo HTTP/1.1\r\nHost: a\r\nAuthorization: " + token + "\r\n\r\n";
    byte[] head = request.getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(header, header.length + head.length);
    System.arraycopy(head, 0, all, header.length, head.length);
    try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
      gateway.send(all);
      assertThat(gateway.answer()).contains("200 OK");
    }
    try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
      for (byte single : header) {
        gateway.send(new byte[] {single});
      }
      gateway.send(head);
      assertThat(gateway.answer()).contains("200 OK");
    }
  }

  @Test
  void aHeaderFromAnybodyElseClosesTheConnection() throws Exception {
    try (RawClient liar = new RawClient(OTHER_UE, kit.port())) {
      liar.send(RawClient.relaying(UE));
      assertThat(liar.readToEnd()).isIn("", "<reset>");
    }
    try (RawClient liar = new RawClient(OTHER_UE, kit.port())) {
      liar.send("PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(liar.readToEnd()).doesNotContain("200");
    }
    assertThat(kit.model.requests).hasValue(0);
  }

  @Test
  void aMalformedHeaderClosesTheConnection() throws Exception {
    byte[] header = RawClient.relaying(UE);
    header[12] = 0x31;
    try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
      gateway.send(header);
      assertThat(gateway.readToEnd()).isIn("", "<reset>");
    }
  }

  @Test
  void aListedGatewayThatDoesNotSayWhomItRelaysIsNotServed() throws Exception {
    try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
      gateway.get("/v1/echo", "Authorization", token);
      assertThat(gateway.answer()).contains("403").contains("ue_unknown");
    }
    try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
      gateway.send(RawClient.local());
      gateway.get("/v1/echo", "Authorization", token);
      assertThat(gateway.answer()).contains("403").contains("ue_unknown");
    }
  }

  @Test
  void aListedGatewayProbesWithOrWithoutAHeader() throws Exception {
    for (byte[] header : new byte[][] {{}, RawClient.local(), RawClient.relaying(GATEWAY)}) {
      try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
        gateway.send(header);
        gateway.get(PROBE);
        String answer = gateway.answer();
        assertThat(answer).contains("200 OK");
        JsonNode probe = new ObjectMapper().readTree(answer.substring(answer.indexOf("{")));
        assertThat(probe.path("anchorId").asText()).isEqualTo(Commits.ANCHOR);
        assertThat(probe.path("sid").asText()).isEqualTo(SESSION);
        assertThat(probe.path("gen").asLong()).isEqualTo(1);
        assertThat(probe.path("healthy").asBoolean()).isTrue();
      }
    }
  }

  @Test // L5.27
  void aProbeForASessionThatIsNotHereSaysSo() throws Exception {
    try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
      gateway.get(PROBE.replace("0001", "0002"));
      assertThat(gateway.answer()).contains("200 OK").doesNotContain("gen");
    }
  }

  @Test
  void nobodyElseSeesTheProbe() throws Exception {
    GuardIT.assertRefused(kit.get(UE, PROBE), 404, "unknown_url");
    try (RawClient gateway = new RawClient(GATEWAY, kit.port())) {
      gateway.send(RawClient.relaying(UE));
      gateway.get(PROBE, "Authorization", token);
      assertThat(gateway.answer()).contains("404");
    }
  }
}

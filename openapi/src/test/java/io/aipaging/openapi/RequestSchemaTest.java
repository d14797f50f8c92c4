package io.aipaging.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schemas refuse and what they let through. */
class RequestSchemaTest {
  private static final Schemas SCHEMAS = new Schemas();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.45.0.2",
        "0.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "2001:db8::",
        "2001:db8:45::2",
        "2001:db8:0:0:0:0:0:1",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4::6:7:8",
        "FE80::1"
      })
  void addressIsAccepted(String address) {
    assertThat(faults("IpAddr", new TextNode(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.45.0",
        "10.45.0.2.",
        "10.45.0.256",
        "010.45.0.2",
        "10.45.0.2/32",
        "ue.example",
        ":::",
        "1::2::3",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "2001:db8::/64",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:",
        "10.45.0.2\n",
        "::g"
      })
  void addressIsRefused(String address) {
    assertThat(faults("IpAddr", new TextNode(address))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-11-23T09:00:00Z", "2026-11-23T09:00:00.123Z", "2026-11-23T10:00:00+01:00"})
  void timeIsAccepted(String time) {
    assertThat(faults("DateTime", new TextNode(time))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tomorrow", "2026-11-23", "2026-11-23T09:00:00", "2026-13-23T09:00:00Z"})
  void timeIsRefused(String time) {
    assertThat(faults("DateTime", new TextNode(time))).isNotEmpty();
  }

  @Test
  void openEnumerationTakesANewValueButNotAnyText() {
    assertThat(faults("Task", new TextNode("CHAT"))).isEmpty();
    assertThat(faults("Task", new TextNode("SUMMARY_2"))).isEmpty();
    assertThat(faults("Task", new TextNode("write a poem"))).isNotEmpty();
  }

  @Test
  void intentNeedsTextOrTask() throws JsonProcessingException {
    assertThat(faults("Intent", tree("{}"))).isNotEmpty();
    assertThat(faults("Intent", tree("{\"tier\":\"STANDARD\"}"))).isNotEmpty();
    assertThat(faults("Intent", tree("{\"text\":\"embed\"}"))).isEmpty();
    assertThat(faults("Intent", tree("{\"task\":\"EMBEDDING\"}"))).isEmpty();
  }

  @Test
  void unknownMembersAreLetThrough() throws JsonProcessingException {
    assertThat(faults("Intent", tree("{\"text\":\"embed\",\"mood\":\"good\"}"))).isEmpty();
  }

  @Test
  void nullIsNotAValue() throws JsonProcessingException {
    assertThat(faults("Intent", tree("{\"text\":\"embed\",\"task\":null}"))).isNotEmpty();
  }

  @Test
  void missingAndWrongMembersAreNamedByPointer() throws JsonProcessingException {
    ObjectNode page =
        (ObjectNode)
            tree(
                "{\"ue\":{\"snssai\":{\"sst\":256}},\"intent\":{\"text\":\"embed\"},"
                    + "\"durationSec\":9}");
    assertThat(SCHEMAS.faults("naipf-paging", "/components/schemas/CreateSession", page))
        .containsExactlyInAnyOrder("/ue/ueAddress", "/ue/snssai/sst", "/durationSec");
  }

  @Test
  void lineBreakAfterAValueIsRefused() {
    assertThat(faults("SessionId", new TextNode("s-7Qm2vYc0TgWbL4xN"))).isEmpty();
    assertThat(faults("SessionId", new TextNode("s-7Qm2vYc0TgWbL4xN\n"))).isNotEmpty();
    assertThat(faults("Cause", new TextNode("NO_ANSWER\n"))).isNotEmpty();
  }

  @Test
  void portAndGenerationHaveTheirRange() {
    assertThat(faults("Gen", IntNode.valueOf(0))).isNotEmpty();
    assertThat(faults("Gen", IntNode.valueOf(1))).isEmpty();
    assertThat(faults("ServiceAddress/properties/port", IntNode.valueOf(65_536))).isNotEmpty();
    assertThat(faults("ServiceAddress/properties/port", IntNode.valueOf(65_535))).isEmpty();
  }

  private static java.util.List<String> faults(String component, JsonNode value) {
    return SCHEMAS.faults("naipf-paging", "/components/schemas/" + component, value);
  }

  private static JsonNode tree(String json) throws JsonProcessingException {
    return Example.MAPPER.readTree(json);
  }
}

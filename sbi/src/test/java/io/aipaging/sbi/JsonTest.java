package io.aipaging.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.sbi.fixture.Things;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S-71 to S-76 and S-78 of the checklist. */
class JsonTest {
  record Sample(
      String text, @Nullable Integer number, List<String> list, Instant at, Duration term) {}

  private static final Sample SAMPLE =
      new Sample("ü", null, List.of("a"), Instant.ofEpochMilli(1_234), Duration.ofMillis(1_500));
  private static final String TEXT =
      "{\"text\":\"ü\",\"list\":[\"a\"],\"at\":\"1970-01-01T00:00:01.234Z\",\"term\":\"PT1.5S\"}";

  @Test
  void recordsAreWrittenWithoutNullsAndReadBack() throws Exception {
    assertThat(Json.MAPPER.writeValueAsString(SAMPLE)).isEqualTo(TEXT);
    assertThat(Json.MAPPER.readValue(TEXT, Sample.class)).isEqualTo(SAMPLE);
    String more = TEXT.replace("{", "{\"unknown\":{\"@class\":\"java.lang.Runtime\"},");
    assertThat(Json.MAPPER.readValue(more, Sample.class)).isEqualTo(SAMPLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"list\":[],\"at\":\"1970-01-01T00:00:01Z\",\"term\":\"PT1S\"}",
        "{\"text\":null,\"list\":[],\"at\":\"1970-01-01T00:00:01Z\",\"term\":\"PT1S\"}",
        "{\"text\":\"a\",\"list\":[null],\"at\":\"1970-01-01T00:00:01Z\",\"term\":\"PT1S\"}",
        "{\"text\":\"a\",\"list\":\"b\",\"at\":\"1970-01-01T00:00:01Z\",\"term\":\"PT1S\"}",
        "{\"text\":\"a\",\"number\":\"1\",\"list\":[],\"at\":\"1970-01-01T00:00:01Z\","
            + "\"term\":\"PT1S\"}",
        "{\"text\":\"a\",\"number\":1.5,\"list\":[],\"at\":\"1970-01-01T00:00:01Z\","
            + "\"term\":\"PT1S\"}",
        "{\"text\":\"a\",\"list\":[],\"at\":\"soon\",\"term\":\"PT1S\"}"
      })
  void whatIsMissingNullOrOfAnotherTypeIsRefused(String text) {
    assertThatThrownBy(() -> Json.MAPPER.readValue(text, Sample.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void everyLimitIsExceededOnce() throws Exception {
    accepted("[".repeat(32) + "]".repeat(32));
    refused("[".repeat(33) + "]".repeat(33));
    refused("[".repeat(100_000));
    accepted("1".repeat(100));
    refused("1".repeat(101));
    accepted("{\"" + "n".repeat(256) + "\":1}");
    refused("{\"" + "n".repeat(257) + "\":1}");
    accepted("\"" + "s".repeat(200_000) + "\"");
    refused("\"" + "s".repeat(262_145) + "\"");
    refused("[" + "1,".repeat(140_000) + "1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{\"a\":1,\"a\":1}",
        "NaN",
        "Infinity",
        "1e400",
        "-1e400",
        "[1e309]",
        "01",
        "1 2",
        "{} {}",
        "{'a':1}",
        "{a:1}",
        "[1,]",
        "/*x*/1",
        "\"\\x\"",
        "tru"
      })
  void whatIsNotJsonIsRefused(String text) {
    refused(text);
  }

  @Test
  void invalidUtf8IsRefused() {
    assertThatThrownBy(() -> Json.tree(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void anErrorDoesNotRepeatTheDocument() {
    assertThatThrownBy(() -> Json.tree("{\"token\":\"s3cr3t\" x}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void contractRecordsOfTheFixtureRoundTrip() throws Exception {
    Things.Thing thing = new Things.Thing("a", "b", 3, Instant.ofEpochSecond(5));
    assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(thing), Things.Thing.class))
        .isEqualTo(thing);
  }

  private static void accepted(String text) throws Exception {
    assertThat(Json.tree(text.getBytes(StandardCharsets.UTF_8))).isNotNull();
  }

  private static void refused(String text) {
    assertThatThrownBy(() -> Json.tree(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonProcessingException.class);
  }
}

package io.aipaging.sbi.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** TS 29.500 §5.2.3.3, §5.2.8, §6.11. */
class SbiHeadersTest {
  private static final Instant SENT = Instant.parse("2019-08-04T08:49:37.845Z");
  private static final String SENT_TEXT = "Sun, 04 Aug 2019 08:49:37.845 GMT";

  @Test
  void theTimestampOfTheSpecificationIsReadAndWritten() {
    assertThat(SbiHeaders.timestamp(SENT)).isEqualTo(SENT_TEXT);
    assertThat(read(SbiHeaders.SENDER_TIMESTAMP, SENT_TEXT).senderTimestamp()).isEqualTo(SENT);
  }

  @Test
  void aTimeLongerThanTheHeaderHoldsIsCut() {
    assertThat(SbiHeaders.maxRspTime(Duration.ofHours(1))).isEqualTo("99999");
    assertThat(SbiHeaders.maxRspTime(Duration.ofMillis(-5))).isEqualTo("0");
  }

  @Test
  void theKeyIsFoundAmongOtherParameters() {
    for (String value :
        List.of(
            "idempotency-key=a.b-c_1",
            "retrans=true; idempotency-key=a.b-c_1",
            "idempotency-key=a.b-c_1;reason=Error-resp",
            "Idempotency-Key=\"a.b-c_1\"")) {
      assertThat(read(SbiHeaders.REQUEST_INFO, value).idempotencyKey())
          .as(value)
          .isEqualTo("a.b-c_1");
    }
    assertThat(read(SbiHeaders.REQUEST_INFO, "retrans=true").idempotencyKey()).isNull();
    String written = SbiHeaders.requestInfo("k", true);
    assertThat(read(SbiHeaders.REQUEST_INFO, written).idempotencyKey()).isEqualTo("k");
  }

  @Test
  void aHeaderThatComesTwiceIsRefused() {
    for (String name :
        List.of(
            SbiHeaders.SENDER_TIMESTAMP,
            SbiHeaders.MAX_RSP_TIME,
            SbiHeaders.REQUEST_INFO,
            SbiHeaders.MESSAGE_PRIORITY)) {
      Refusal refusal =
          catchThrowableOfType(
              Refusal.class,
              () -> SbiHeaders.read(n -> n.equals(name) ? List.of("1", "1") : List.of()));
      assertThat(refusal.invalidParams().getFirst().param()).isEqualTo("header " + name);
    }
  }

  @Test
  void theDeadlineCountsFromTheSenderButAFastClockGainsNothing() {
    SbiHeaders headers = new SbiHeaders(SENT, Duration.ofSeconds(5), null);
    Duration own = Duration.ofSeconds(10);
    assertThat(headers.deadline(SENT.plusSeconds(2), own)).isEqualTo(SENT.plusSeconds(5));
    assertThat(headers.deadline(SENT.plusSeconds(7), own)).isEqualTo(SENT.plusSeconds(5));
    assertThat(headers.deadline(SENT.minusSeconds(60), own)).isEqualTo(SENT.minusSeconds(55));
    assertThat(new SbiHeaders(null, Duration.ofSeconds(5), null).deadline(SENT, own))
        .isEqualTo(SENT.plusSeconds(5));
    assertThat(new SbiHeaders(SENT, null, null).deadline(SENT.plusSeconds(99), own))
        .isEqualTo(SENT.plusSeconds(109));
  }

  private static SbiHeaders read(String name, String value) {
    Map<String, List<String>> values = Map.of(name, List.of(value));
    return SbiHeaders.read(n -> values.getOrDefault(n, List.of()));
  }
}

package io.aipaging.pcfadapter.qosbinding.n5;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.aipaging.sbi.client.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForbearanceTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private int dice;
  private final Forbearance forbearance = new Forbearance(nanos::get, _ -> dice);

  private void hears(int status, String retryAfter) {
    Map<String, List<String>> headers =
        retryAfter == null ? Map.of() : Map.of("retry-after", List.of(retryAfter));
    forbearance.heed(new RawClient.Reply(status, headers, MissingNode.getInstance()));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "503, 3, 3",
        "429, 3, 3",
        "503, none, 1",
        "503, 86400, 60",
        "503, 'Fri, 27 Nov 2026 10:00:00 GMT', 1",
        "503, -1, 1"
      })
  void anOverloadedPeerIsLeftAloneAsLongAsItSaysAndNoLonger(
      int status, String retryAfter, int seconds) {
    hears(status, retryAfter);
    assertThat(forbearance.holds()).isTrue();
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos() - 1);
    assertThat(forbearance.holds()).isTrue();
    nanos.addAndGet(1);
    assertThat(forbearance.holds()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 403, 500, 502, 504})
  void nobodyElseIs(int status) {
    hears(status, "3");
    assertThat(forbearance.holds()).isFalse();
  }

  /** TS 29.500 §6.4.3: so much less, for so long, whatever the answer was. */
  @Test
  void aPeerThatWantsLessIsAskedLess() {
    says(201, "40%", "10s");
    dice = 39;
    assertThat(forbearance.holds()).isTrue();
    dice = 40;
    assertThat(forbearance.holds()).isFalse();
    dice = 0;
    nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
    assertThat(forbearance.holds()).isTrue();
    nanos.addAndGet(1);
    assertThat(forbearance.holds()).isFalse();
  }

  @Test
  void nobodyIsLeftAloneForLongerThanAMinuteByWhatItSays() {
    says(201, "100%", "86400s");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(forbearance.holds()).isFalse();
  }

  @Test
  void nonsenseIsNotHeeded() {
    says(201, "140%", "10s");
    says(201, "40%", "soon");
    assertThat(forbearance.holds()).isFalse();
  }

  private void says(int status, String percent, String validity) {
    String oci =
        "Timestamp: \"Fri, 27 Nov 2026 10:00:00.000 GMT\"; Period-of-Validity: %s;"
            + " Overload-Reduction-Metric: %s; NF-Instance: 54804518-4191-46b3-955c-ac631f953ed8";
    forbearance.heed(
        new RawClient.Reply(
            status,
            Map.of("3gpp-sbi-oci", List.of(oci.formatted(validity, percent))),
            MissingNode.getInstance()));
  }

  @Test
  void whatWasNeverOverloadedIsAsked() {
    assertThat(forbearance.holds()).isFalse();
  }
}

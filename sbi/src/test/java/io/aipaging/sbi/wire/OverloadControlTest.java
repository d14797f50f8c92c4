package io.aipaging.sbi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverloadControlTest {
  private static final String ID = "54804518-4191-46b3-955c-ac631f953ed8";
  private static final Instant AT = Instant.parse("2019-08-04T08:49:37.845Z");

  /** The example of TS 29.500 §5.2.3.2.9 in its form. */
  @Test
  void itReadsAsTheSpecificationWritesIt() {
    String written =
        "Timestamp: \"Sun, 04 Aug 2019 08:49:37.845 GMT\"; Period-of-Validity: 75s;"
            + " Overload-Reduction-Metric: 50%; NF-Instance: "
            + ID;
    OverloadControl control = new OverloadControl(AT, Duration.ofSeconds(75), 50);
    assertThat(control.render(ID)).isEqualTo(written);
    assertThat(OverloadControl.parse(written)).contains(control);
    assertThat(OverloadControl.parse(written + ", " + written)).contains(control);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "50%",
        "Timestamp: \"yesterday\"; Period-of-Validity: 75s; Overload-Reduction-Metric: 50%; x",
        "Timestamp: \"Sun, 04 Aug 2019 08:49:37.845 GMT\"; Period-of-Validity: 75s;"
            + " Overload-Reduction-Metric: 101%; NF-Instance: x"
      })
  void nonsenseIsNone(String value) {
    assertThat(OverloadControl.parse(value)).isEmpty();
  }
}

package io.aipaging.smfadapter.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.QosGrant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QosFieldsTest {
  static Stream<QosGrant> grants() {
    return Stream.of(
        QosGrant.NONE,
        new QosGrant("binding-1", "gold", "20 Mbps", "1.5 Gbps", 46),
        new QosGrant("-", null, null, "7 bps", 0));
  }

  @ParameterizedTest
  @MethodSource("grants")
  void whatIsWrittenIsRead(QosGrant qos) {
    String[] fields = ("before " + QosFields.write(qos)).split(" ", -1);

    assertThat(fields).hasSize(6);
    assertThat(QosFields.read(fields, 1)).isEqualTo(qos);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> QosFields.read("- - +fast - -".split(" ", -1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

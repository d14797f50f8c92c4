package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.QosGrant;
import org.jspecify.annotations.Nullable;

/**
 * QoS of a lease in the gate's journal: five fields between spaces, {@code -} for what is not said
 * and otherwise a plus sign and the value, a bit rate without its space.
 */
final class QosFields {
  private static final String NONE = "-";

  private QosFields() {}

  static String write(QosGrant qos) {
    Integer dscp = qos.dscp();
    return String.join(
        " ",
        field(qos.bindingRef()),
        field(qos.qosReference()),
        field(qos.maxBwUl()),
        field(qos.maxBwDl()),
        field(dscp == null ? null : dscp.toString()));
  }

  /**
   * Reads five fields.
   *
   * @throws IllegalArgumentException when they are no QoS
   */
  static QosGrant read(String[] fields, int first) {
    String dscp = text(fields[first + 4]);
    return new QosGrant(
        text(fields[first]),
        text(fields[first + 1]),
        bitRate(text(fields[first + 2])),
        bitRate(text(fields[first + 3])),
        dscp == null ? null : Integer.valueOf(dscp));
  }

  private static String field(@Nullable String value) {
    return value == null ? NONE : "+" + value.replace(" ", "");
  }

  /** TS 29.571 has a space between number and unit. */
  private static @Nullable String bitRate(@Nullable String field) {
    return field == null ? null : field.replaceFirst("(?=[A-Za-z])", " ");
  }

  private static @Nullable String text(String field) {
    return field.equals(NONE) ? null : field.substring(1);
  }
}

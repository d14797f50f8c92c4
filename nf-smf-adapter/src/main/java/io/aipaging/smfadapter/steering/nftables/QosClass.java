package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.QosGrant;
import io.aipaging.smfadapter.steering.nftables.Element.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** What QoS parameters of a COMMIT become in the kernel. */
final class QosClass {
  /** As long as this a sender may be above its rate; also the least a burst lasts. */
  private static final int BURST_PER_SECOND = 20;

  private static final int BURST_MIN = 32 * 1024;
  private static final long RATE_MAX = 1L << 40;

  private QosClass() {}

  /** Handle of the traffic class that the operator made for a QoS reference. */
  static Optional<Long> of(NftablesConfig config, QosGrant qos) {
    return Optional.ofNullable(qos.qosReference())
        .map(reference -> config.qosClasses().get(reference))
        .map(QosClass::handle);
  }

  /** A class {@code major:minor}, both hexadecimal as {@code tc} writes them. */
  static long handle(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 2
        || !parts[0].matches("[0-9a-fA-F]{1,4}")
        || !parts[1].matches("[0-9a-fA-F]{1,4}")) {
      throw new IllegalArgumentException("a traffic class is major:minor, not " + text);
    }
    return Long.parseLong(parts[0], 16) << 16 | Long.parseLong(parts[1], 16);
  }

  /** What is above a bit rate of TS 29.571, such as {@code 20 Mbps}. */
  static Value above(String bitRate) {
    int space = bitRate.indexOf(' ');
    long unit = unit(bitRate.substring(space + 1));
    long bytes =
        new BigDecimal(bitRate.substring(0, space))
            .multiply(BigDecimal.valueOf(unit))
            .divide(BigDecimal.valueOf(Byte.SIZE))
            .toBigInteger()
            .min(BigInteger.valueOf(RATE_MAX))
            .longValue();
    long rate = Math.max(1, bytes);
    return new Value.Above(rate, Math.clamp(rate / BURST_PER_SECOND, BURST_MIN, Integer.MAX_VALUE));
  }

  private static long unit(String name) {
    return switch (name) {
      case "bps" -> 1L;
      case "Kbps" -> 1_000L;
      case "Mbps" -> 1_000_000L;
      case "Gbps" -> 1_000_000_000L;
      case "Tbps" -> 1_000_000_000_000L;
      default -> throw new IllegalArgumentException("not a unit of bit rates");
    };
  }
}

package io.aipaging.sbi.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much less a producer wants to be asked ({@code 3gpp-Sbi-Oci}, TS 29.500 §6.4.3 and §5.2.3.2).
 *
 * @param timestamp when it said so
 * @param validity how long that is so, whole seconds
 * @param reductionPercent how much less of what is not important, 0 to 100
 */
public record OverloadControl(Instant timestamp, Duration validity, int reductionPercent) {
  /** The header. */
  public static final String HEADER = "3gpp-Sbi-Oci";

  private static final int PERCENT_MAX = 100;

  /** The first element; who reads it asked that producer, so its scope tells nothing new. */
  private static final Pattern ELEMENT =
      Pattern.compile(
          "\\s*Timestamp:\\s*\"([^\"]{1,64})\";\\s*Period-of-Validity:\\s*(\\d{1,6})s;"
              + "\\s*Overload-Reduction-Metric:\\s*(\\d{1,3})%;.*");

  public OverloadControl {
    if (reductionPercent < 0 || reductionPercent > PERCENT_MAX) {
      throw new IllegalArgumentException("a reduction is 0 to 100 percent");
    }
  }

  /** Reads a header's value; empty when it is none of that form. */
  public static Optional<OverloadControl> parse(String value) {
    Matcher element = ELEMENT.matcher(value);
    if (!element.matches()) {
      return Optional.empty();
    }
    int percent = Integer.parseInt(element.group(3));
    return SbiHeaders.parseTimestamp(element.group(1))
        .filter(_ -> percent <= PERCENT_MAX)
        .map(
            at ->
                new OverloadControl(
                    at, Duration.ofSeconds(Long.parseLong(element.group(2))), percent));
  }

  /**
   * Renders a header's value.
   *
   * @param nfInstanceId UUID of the producer
   */
  public String render(String nfInstanceId) {
    return "Timestamp: \""
        + SbiHeaders.timestamp(timestamp)
        + "\"; Period-of-Validity: "
        + validity.toSeconds()
        + "s; Overload-Reduction-Metric: "
        + reductionPercent
        + "%; NF-Instance: "
        + nfInstanceId;
  }
}

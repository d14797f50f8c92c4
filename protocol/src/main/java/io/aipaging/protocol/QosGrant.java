package io.aipaging.protocol;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * QoS a COMMIT carries.
 *
 * @param bindingRef reference of the QoS binding at the PCF adapter, or null
 * @param qosReference operator's QoS reference, or null
 * @param maxBwUl uplink bit rate as in TS 29.571 {@code BitRate}, such as {@code 20 Mbps}, or null
 * @param maxBwDl downlink bit rate, or null
 * @param dscp 0 to 63, or null
 */
public record QosGrant(
    @Nullable String bindingRef,
    @Nullable String qosReference,
    @Nullable String maxBwUl,
    @Nullable String maxBwDl,
    @Nullable Integer dscp) {
  /** No QoS. */
  public static final QosGrant NONE = new QosGrant(null, null, null, null, null);

  private static final Pattern BIT_RATE =
      Pattern.compile("\\d{1,12}(\\.\\d{1,6})? (bps|Kbps|Mbps|Gbps|Tbps)");

  public QosGrant {
    if (bindingRef != null) {
      Checks.id("bindingRef", bindingRef);
    }
    if (qosReference != null) {
      Checks.id("qosReference", qosReference);
    }
    if (maxBwUl != null) {
      Checks.matches("maxBwUl", maxBwUl, BIT_RATE);
    }
    if (maxBwDl != null) {
      Checks.matches("maxBwDl", maxBwDl, BIT_RATE);
    }
    Checks.that(dscp == null || (dscp >= 0 && dscp <= 63), "dscp must be 0 to 63");
  }
}

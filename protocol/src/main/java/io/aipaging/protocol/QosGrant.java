package io.aipaging.protocol;

import java.util.Set;
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

  private static final Form WHOLE = Form.of("0-9", 1, 12);
  private static final Form FRACTION = Form.of("0-9", 1, 6);
  private static final Set<String> UNITS = Set.of("bps", "Kbps", "Mbps", "Gbps", "Tbps");

  public QosGrant {
    if (bindingRef != null) {
      Checks.id("bindingRef", bindingRef);
    }
    if (qosReference != null) {
      Checks.id("qosReference", qosReference);
    }
    Checks.that(maxBwUl == null || isBitRate(maxBwUl), "maxBwUl must be a bit rate");
    Checks.that(maxBwDl == null || isBitRate(maxBwDl), "maxBwDl must be a bit rate");
    Checks.that(dscp == null || (dscp >= 0 && dscp <= 63), "dscp must be 0 to 63");
  }

  /** TS 29.571 {@code BitRate}: digits, perhaps a point and more of them, a space, a unit. */
  private static boolean isBitRate(String text) {
    int space = text.indexOf(' ');
    if (space < 0 || !UNITS.contains(text.substring(space + 1))) {
      return false;
    }
    String number = text.substring(0, space);
    int point = number.indexOf('.');
    return point < 0
        ? WHOLE.fits(number)
        : WHOLE.fits(number.substring(0, point)) && FRACTION.fits(number.substring(point + 1));
  }
}

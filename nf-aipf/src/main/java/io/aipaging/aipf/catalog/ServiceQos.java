package io.aipaging.aipf.catalog;

import io.aipaging.protocol.QosGrant;
import org.jspecify.annotations.Nullable;

/**
 * QoS a session of a service gets.
 *
 * @param policy whether it must have it; {@code NONE} exactly when there is no reference
 * @param qosReference operator's QoS reference, or null
 * @param maxBwUl uplink bit rate as in TS 29.571 {@code BitRate}, such as {@code 20 Mbps}, or null
 * @param maxBwDl downlink bit rate, or null
 * @param dscp marking of the session's packets, 0 to 63, or null
 */
public record ServiceQos(
    QosPolicy policy,
    @Nullable String qosReference,
    @Nullable String maxBwUl,
    @Nullable String maxBwDl,
    @Nullable Integer dscp) {
  /** No QoS. */
  public static final ServiceQos NONE = new ServiceQos(QosPolicy.NONE, null, null, null, null);

  public ServiceQos {
    var _ = new QosGrant(null, qosReference, maxBwUl, maxBwDl, dscp);
    Require.that(
        (policy == QosPolicy.NONE) == (qosReference == null),
        "a QoS reference belongs to the policies REQUIRED and PREFERRED and only there");
    Require.that(
        policy != QosPolicy.NONE || (maxBwUl == null && maxBwDl == null),
        "bit rates belong to the policies REQUIRED and PREFERRED only");
  }

  /** What a COMMIT carries when the binding {@code bindingRef} exists, or null when none does. */
  public QosGrant grant(@Nullable String bindingRef) {
    return bindingRef == null
        ? new QosGrant(null, null, null, null, dscp)
        : new QosGrant(bindingRef, qosReference, maxBwUl, maxBwDl, dscp);
  }
}

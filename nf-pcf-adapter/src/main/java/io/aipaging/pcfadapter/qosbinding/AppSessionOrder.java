package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Snssai;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import org.jspecify.annotations.Nullable;

/**
 * An app session wanted of the core. The anchor is not part of it: the filter names UE and service
 * address only, so that it survives relocations.
 *
 * @param notifId unguessable last segment of the callback URI
 * @param ue UE
 * @param service service address
 * @param qosReference operator's QoS reference
 * @param maxBwUl uplink as TS 29.571 {@code BitRate}, or null
 * @param maxBwDl downlink, likewise
 * @param route where the flow should leave the core; null as the core sees fit
 * @param subscriber DNN, slice and SUPI where the consumer named them
 */
public record AppSessionOrder(
    String notifId,
    UeAddress ue,
    ServiceEndpoint service,
    String qosReference,
    @Nullable String maxBwUl,
    @Nullable String maxBwDl,
    Route.@Nullable Until route,
    Subscriber subscriber) {
  /** The same for a subscriber of whom more is known. */
  public AppSessionOrder of(Subscriber known) {
    return new AppSessionOrder(notifId, ue, service, qosReference, maxBwUl, maxBwDl, route, known);
  }

  /** The same with a route. */
  AppSessionOrder by(Route.@Nullable Until wanted) {
    return new AppSessionOrder(
        notifId, ue, service, qosReference, maxBwUl, maxBwDl, wanted, subscriber);
  }

  /**
   * Whose PDU session it is; null members are the deployment's default.
   *
   * @param dnn data network name
   * @param snssai slice
   * @param supi subscriber; goes to the core only
   */
  public record Subscriber(@Nullable String dnn, @Nullable Snssai snssai, @Nullable String supi) {
    /** Keeps the SUPI out of logs. */
    @Override
    public String toString() {
      return "Subscriber[dnn=" + dnn + ", snssai=" + snssai + "]";
    }
  }
}

package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.protocol.UeAddress;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same over a binding's life and survives a restart. Holds no SUPI.
 *
 * @param bindingRef reference chosen by the consumer
 * @param notifId unguessable last segment of the callback URI given to the core
 * @param lane PDU session the binding belongs to: an IPv4 address or an IPv6 prefix
 * @param qosReference operator's QoS reference
 * @param contentDigest SHA-256 of the request's content: equal digests mean a repeat
 * @param subscriber whose PDU session it was when the binding was made; null until that is known
 */
public record BindingIdentity(
    String bindingRef,
    String notifId,
    String lane,
    String qosReference,
    String contentDigest,
    @Nullable SubscriberMark subscriber) {
  /** The same binding correlated by another callback id. */
  BindingIdentity withNotifId(String other) {
    return new BindingIdentity(bindingRef, other, lane, qosReference, contentDigest, subscriber);
  }

  /** The same binding; of a subscriber who is known already nothing is learnt. */
  BindingIdentity known(@Nullable SubscriberMark learnt) {
    return subscriber == null ? withSubscriber(learnt) : this;
  }

  /** The same binding, of which the subscriber is known. */
  BindingIdentity withSubscriber(@Nullable SubscriberMark known) {
    return new BindingIdentity(bindingRef, notifId, lane, qosReference, contentDigest, known);
  }

  /** The PDU session's address; null where an earlier version wrote the lane in another form. */
  @Nullable UeAddress ue() {
    try {
      return UeAddress.parse(lane);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

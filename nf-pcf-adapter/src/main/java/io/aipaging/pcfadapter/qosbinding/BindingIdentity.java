package io.aipaging.pcfadapter.qosbinding;

/**
 * What stays the same over a binding's life and survives a restart. Holds no subscriber identity.
 *
 * @param bindingRef reference chosen by the consumer
 * @param notifId unguessable last segment of the callback URI given to the core
 * @param lane PDU session the binding belongs to, as {@link Lanes} knows it
 * @param qosReference operator's QoS reference
 * @param contentDigest SHA-256 of the request's content: equal digests mean a repeat
 */
public record BindingIdentity(
    String bindingRef, String notifId, String lane, String qosReference, String contentDigest) {
  /** The same binding correlated by another callback id. */
  BindingIdentity withNotifId(String other) {
    return new BindingIdentity(bindingRef, other, lane, qosReference, contentDigest);
  }
}

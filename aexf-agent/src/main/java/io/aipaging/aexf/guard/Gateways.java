package io.aipaging.aexf.guard;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Addresses of the gates and gateways in front of this anchor. They alone may say in whose name
 * they relay and may probe; for their own address nobody is served.
 *
 * @param addresses source addresses
 */
public record Gateways(Set<InetAddress> addresses) {
  public Gateways {
    addresses = Set.copyOf(addresses);
  }

  /** From literals; throws {@link IllegalArgumentException} on names or nonsense. */
  public static Gateways of(Collection<String> literals) {
    return new Gateways(literals.stream().map(InetAddress::ofLiteral).collect(Collectors.toSet()));
  }

  /** Whether {@code peer} is listed. */
  public boolean lists(InetAddress peer) {
    return addresses.contains(peer);
  }

  /**
   * The UE a connection carries, or null when it carries none: a listed gateway that did not say
   * whom it relays speaks only for itself.
   */
  @org.jspecify.annotations.Nullable
  InetAddress ueOf(Origin origin) {
    return origin.relayed() || !lists(origin.peer()) ? origin.sender() : null;
  }

  /** Whether a connection was opened by a gateway for itself, as a probe is. */
  public boolean isOwn(Origin origin) {
    InetAddress sender = origin.sender();
    return lists(origin.peer()) && (sender == null || lists(sender));
  }
}

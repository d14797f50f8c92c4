package io.aipaging.smfadapter.steering.nftables;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses that begin alike. */
public final class Prefix {
  private final InetAddress first;
  private final int length;
  private final IpSubnetFilterRule rule;

  private Prefix(InetAddress first, int length) {
    if (length < 1 || length > first.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("not a prefix length: " + length);
    }
    this.first = first;
    this.length = length;
    this.rule = new IpSubnetFilterRule(first, length, IpFilterRuleType.ACCEPT);
  }

  /**
   * Reads {@code 10.60.0.0/16} or {@code 2001:db8:60::/48}; an address alone is one host.
   *
   * @throws IllegalArgumentException on names and nonsense
   */
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int bits = first.getAddress().length * Byte.SIZE;
    return new Prefix(first, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether they are IPv4 addresses. */
  boolean isV4() {
    return NftablesConfig.isV4(first);
  }

  /** Whether {@code address} is one of them. */
  public boolean contains(InetAddress address) {
    return address.getClass() == first.getClass()
        && rule.matches(new InetSocketAddress(address, 0));
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + length;
  }
}

package io.aipaging.eval;

import io.aipaging.lab.AnchorSite;

/** How the gate leads packets to an anchor. */
public enum Mode {
  /** As they are, to the anchor as next hop. */
  ROUTE(AnchorSite.A.address(), AnchorSite.B.address()),
  /** With the anchor's address as their destination. */
  DNAT("10.60.1.12", "10.60.2.12");

  private final String a;
  private final String b;

  Mode(String a, String b) {
    this.a = a;
    this.b = b;
  }

  /** The address under which the gate knows an anchor of this mode. */
  public String anchor(AnchorSite site) {
    return site.equals(AnchorSite.A) ? a : b;
  }
}

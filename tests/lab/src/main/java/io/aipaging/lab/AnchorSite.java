package io.aipaging.lab;

/**
 * How the N6 router reaches one anchor.
 *
 * @param id {@code a} or {@code b}
 * @param address the anchor's address on N6 and next hop of the router
 * @param gateAddress the router's address on the same link
 * @param device the router's device on that link
 * @param mark packet mark that selects the anchor's routing table, to be masked with {@link #MASK}
 * @param table routing table whose default route leads to the anchor
 * @param address6 the anchor's IPv6 address on N6
 * @param gateAddress6 the router's IPv6 address on the same link
 * @param coreAddress the anchor's control-plane address
 */
public record AnchorSite(
    String id,
    String address,
    String gateAddress,
    String device,
    int mark,
    int table,
    String address6,
    String gateAddress6,
    String coreAddress) {
  /** The bits of a packet mark that select an anchor. */
  public static final int MASK = 0xff000000;

  /** Anchor A. */
  public static final AnchorSite A =
      new AnchorSite(
          "a",
          "10.60.1.2",
          "10.60.1.1",
          "n6a",
          0x01000000,
          1001,
          "2001:db8:60:1::2",
          "2001:db8:60:1::1",
          "10.99.0.3");

  /** Anchor B. */
  public static final AnchorSite B =
      new AnchorSite(
          "b",
          "10.60.2.2",
          "10.60.2.1",
          "n6b",
          0x02000000,
          1002,
          "2001:db8:60:2::2",
          "2001:db8:60:2::1",
          "10.99.0.4");
}

package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.nftables.Element.Value;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which elements make a grant and a flow's choice of one. */
record GateElements(NftablesConfig config) {
  /** Every set whose elements are grants' or flows', {@code grant_live} first. */
  static final List<String> SETS =
      List.of(
          "grant_live",
          "grant_via",
          "grant_dnat4",
          "grant_dnat6",
          "grant_class",
          "grant_dscp",
          "rate_ul",
          "rate_dl",
          "grant_keep",
          "lease_sel4",
          "lease_sel6",
          "lease_net6",
          "lease_zone4",
          "lease_zone6",
          "lease_zone_net6",
          "keep_zone4",
          "keep_zone6",
          "keep_zone_net6");

  /** The mark of traffic whose destination is rewritten: no routing rule selects it. */
  static final int REWRITTEN = 0xff000000;

  /** Zone 0 is everybody's. */
  private static final int ZONES = 0xffff;

  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int NET_BITS = 64;
  private static final int HOST_BITS = 128;

  /** Why the gate cannot carry a flow to an anchor; empty when it can. */
  Optional<String> objection(Flow flow, TransportAddress anchor) {
    InetAddress service = flow.service().address();
    if (!config.services().contains(flow.service())) {
      return Optional.of("the service address is not in this gate's scope");
    }
    if (flow.ue().address().getClass() != service.getClass()
        || anchor.address().getClass() != service.getClass()) {
      return Optional.of("UE, service and anchor are not of one address family");
    }
    int length = flow.ue().prefixLength();
    if (!NftablesConfig.isV4(service) && length != NET_BITS && length != HOST_BITS) {
      return Optional.of("this gate carries IPv6 addresses and prefixes of 64 bits");
    }
    if (!leadsTo(anchor.address())) {
      return Optional.of("this gate knows no way to the anchor");
    }
    return Optional.empty();
  }

  /** Whether there is a way to an anchor. */
  boolean leadsTo(InetAddress anchor) {
    return nextHop(anchor).isPresent() || isRewritten(anchor);
  }

  /** Whether packets for an anchor get its address as their destination. */
  boolean isRewritten(InetAddress anchor) {
    return nextHop(anchor).isEmpty()
        && config.dnatAnchors().stream().anyMatch(prefix -> prefix.contains(anchor));
  }

  /**
   * The elements of a grant. {@code grant_live} comes first, because timeouts start per element and
   * the authority must not outlive the way.
   */
  List<Element> of(Grant grant) {
    InetAddress anchor = grant.anchor().address();
    boolean rewritten = isRewritten(anchor);
    int mark = rewritten ? REWRITTEN : nextHop(anchor).orElseThrow().mark();
    ByteBuffer key = Element.mark(grant.id().value());
    List<Element> elements = new ArrayList<>();
    elements.add(new Element("grant_live", key, Element.NONE));
    elements.add(new Element("grant_via", key, new Value.Bits(Element.mark(mark))));
    if (rewritten) {
      elements.add(
          new Element(
              NftablesConfig.isV4(anchor) ? "grant_dnat4" : "grant_dnat6",
              key,
              new Value.Bits(Element.endpoint(anchor, grant.anchor().port()))));
    }
    qos(grant.qos(), key, elements);
    return elements;
  }

  private void qos(QosGrant qos, ByteBuffer key, List<Element> elements) {
    QosClass.of(config, qos)
        .ifPresent(
            handle ->
                elements.add(
                    new Element("grant_class", key, new Value.Bits(Element.mark(handle)))));
    if (qos.dscp() != null) {
      elements.add(new Element("grant_dscp", key, new Value.Jump("dscp_" + qos.dscp())));
    }
    if (qos.maxBwUl() != null) {
      elements.add(new Element("rate_ul", key, QosClass.above(qos.maxBwUl())));
    }
    if (qos.maxBwDl() != null) {
      elements.add(new Element("rate_dl", key, QosClass.above(qos.maxBwDl())));
    }
  }

  /**
   * The elements by which a flow finds the grant of its new connections; they live as long as the
   * grant.
   */
  List<Element> choosing(Flow flow, Grant grant) {
    Element selector =
        keyed(flow, "lease_sel4", "lease_sel6", "lease_net6", Element.mark(grant.id().value()));
    return isRewritten(grant.anchor().address()) && isUdp(flow)
        ? List.of(
            selector,
            keyed(flow, "lease_zone4", "lease_zone6", "lease_zone_net6", zone(grant.id())))
        : List.of(selector);
  }

  /** The elements by which a flow's datagrams stay with a grant that drains. */
  List<Element> keeping(Flow flow, Grant grant) {
    if (!isUdp(flow)) {
      return List.of();
    }
    return isRewritten(grant.anchor().address())
        ? List.of(keyed(flow, "keep_zone4", "keep_zone6", "keep_zone_net6", zone(grant.id())))
        : List.of(new Element("grant_keep", Element.mark(grant.id().value()), Element.NONE));
  }

  /** How long datagrams stay with a grant that drains. */
  static Duration keepingTime(Duration timeLeft) {
    Duration half = timeLeft.dividedBy(2);
    return half.compareTo(SteeringStep.TURN) > 0 ? timeLeft.minus(SteeringStep.TURN) : half;
  }

  private static Element keyed(Flow flow, String v4, String v6, String net6, ByteBuffer value) {
    InetAddress ue = flow.ue().address();
    byte[] from = ue.getAddress();
    byte[] to = flow.service().address().getAddress();
    ByteBuffer key = ByteBuffer.allocate(from.length + to.length + 2 * Integer.BYTES);
    key.put(from).put(to);
    key.putInt((isUdp(flow) ? UDP : TCP) << 24);
    key.putInt(flow.service().port() << 16);
    String set = v4;
    if (!NftablesConfig.isV4(ue)) {
      set = flow.ue().prefixLength() == HOST_BITS ? v6 : net6;
    }
    return new Element(set, key.flip(), new Value.Bits(value));
  }

  /** Leases of one flow follow each other, so theirs differ. */
  private static ByteBuffer zone(GrantId grant) {
    return Element.zone((int) (1 + grant.value() % ZONES));
  }

  private static boolean isUdp(Flow flow) {
    return flow.service().protocol() == Transport.UDP;
  }

  /** The grant an element of {@code grant_live} is of; empty when it is nobody's. */
  static Optional<GrantId> grant(Element live) {
    int value = live.key().duplicate().order(ByteOrder.nativeOrder()).getInt(0);
    return value == 0 ? Optional.empty() : Optional.of(new GrantId(Integer.toUnsignedLong(value)));
  }

  private Optional<NextHop> nextHop(InetAddress anchor) {
    return config.nextHops().stream().filter(next -> next.address().equals(anchor)).findFirst();
  }
}

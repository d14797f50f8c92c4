package io.aipaging.bench.steering;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.LabAddresses;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.time.Duration;
import java.util.List;

/** The steps of many leases, by number from 0, and the nft commands that do the same. */
final class Steps {
  static final int PORT = 8443;

  private static final Duration TERM = Duration.ofHours(1);
  private static final Duration DRAIN = Duration.ofMinutes(30);
  private static final TransportAddress A = anchor(AnchorSite.A);
  private static final TransportAddress B = anchor(AnchorSite.B);
  private static final ServiceEndpoint SERVICE =
      ServiceEndpoint.of(LabAddresses.SERVICE, "UDP", PORT);

  private static final String A_MARK = "0x01000000";
  private static final String B_MARK = "0x02000000";

  private Steps() {}

  /** The step of {@code kind} for a lease. */
  static SteeringStep step(Kind kind, int lease) {
    Flow flow = new Flow(UeAddress.parse(ue(lease)), SERVICE);
    Grant first = new Grant(new GrantId(1 + 2L * lease), A);
    Grant second = new Grant(new GrantId(2 + 2L * lease), B);
    return switch (kind) {
      case INSTALL -> new SteeringStep(flow, List.of(new Carried(first, TERM, true)), List.of());
      case REFRESH ->
          new SteeringStep(flow, List.of(new Carried(first, TERM.plusMinutes(1), true)), List.of());
      case RELOCATE ->
          new SteeringStep(
              flow,
              List.of(new Carried(second, TERM, true), new Carried(first, DRAIN, false)),
              List.of());
      case REMOVE -> new SteeringStep(flow, List.of(), List.of(first, second));
    };
  }

  /** What a driver would feed to {@code nft -f}, replacing portably. */
  static String script(Kind kind, int lease) {
    String key = "%s . %s . udp . %d".formatted(ue(lease), LabAddresses.SERVICE, PORT);
    long first = 1 + 2L * lease;
    long second = first + 1;
    return switch (kind) {
      case INSTALL -> carry(first, A_MARK) + add("lease_sel4", key, first + "");
      case REFRESH ->
          uncarry(first, A_MARK)
              + carry(first, A_MARK)
              + remove("lease_sel4", key, first + "")
              + add("lease_sel4", key, first + "");
      case RELOCATE ->
          carry(second, B_MARK)
              + uncarry(first, A_MARK)
              + carry(first, A_MARK)
              + remove("lease_sel4", key, first + "")
              + add("lease_sel4", key, second + "");
      case REMOVE ->
          remove("lease_sel4", key, second + "") + uncarry(first, A_MARK) + uncarry(second, B_MARK);
    };
  }

  private static String carry(long grant, String mark) {
    return add("grant_live", grant + "", "") + add("grant_via", grant + "", mark);
  }

  private static String uncarry(long grant, String mark) {
    return remove("grant_live", grant + "", "") + remove("grant_via", grant + "", mark);
  }

  private static String add(String set, String key, String data) {
    return "add element inet aipaging %s { %s timeout 3600s%s }\n"
        .formatted(set, key, data.isEmpty() ? "" : " : " + data);
  }

  private static String remove(String set, String key, String data) {
    return add(set, key, data) + "delete element inet aipaging %s { %s }\n".formatted(set, key);
  }

  private static String ue(int lease) {
    return "10.%d.%d.%d".formatted(64 + (lease >> 16), lease >> 8 & 255, lease & 255);
  }

  private static TransportAddress anchor(AnchorSite site) {
    return TransportAddress.parse(site.address() + ":" + PORT);
  }
}

package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.smfadapter.steering.SteeringFailed;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The routes behind the gate's marks, and the fail-closed base that holds even without the nftables
 * table: the main routing table prohibits every service address.
 */
record GateRouting(NftablesConfig config) {
  private static final int PROBE_TABLE = 1000;

  /**
   * Makes every route and rule that is missing.
   *
   * @return next hops without a route, because their device is not there or is down; traffic for
   *     them meets the prohibition
   */
  Set<InetAddress> install(HostCommand host) throws SteeringFailed {
    Set<InetAddress> unreachable = new HashSet<>();
    for (boolean v4 : new boolean[] {true, false}) {
      List<String> base = base(v4);
      if (!base.isEmpty()) {
        HostCommand.Answer answer = batch(host, v4, base);
        List<String> refusals = answer.error().lines().filter(line -> !isHarmless(line)).toList();
        if (!refusals.isEmpty()) {
          throw new SteeringFailed("ip: " + String.join("; ", refusals));
        }
      }
      for (NextHop next : config.nextHops(v4)) {
        String route =
            "route replace default via %s table %d"
                .formatted(next.address().getHostAddress(), next.table());
        if (batch(host, v4, List.of(route)).status() != 0) {
          unreachable.add(next.address());
        }
      }
    }
    return unreachable;
  }

  private static HostCommand.Answer batch(HostCommand host, boolean v4, List<String> lines)
      throws SteeringFailed {
    String family = v4 ? "-4" : "-6";
    return host.run(String.join("\n", lines) + "\n", "ip", family, "-force", "-batch", "-");
  }

  /** A rule that is there already, and what {@code ip} says besides of a line that failed. */
  private static boolean isHarmless(String error) {
    return error.isBlank()
        || error.contains("File exists")
        || error.startsWith("Command failed -:");
  }

  /** What does not depend on a next hop. */
  private List<String> base(boolean v4) {
    List<String> lines = new ArrayList<>();
    for (String service :
        config.services(v4).stream().map(s -> host(s.address())).distinct().toList()) {
      lines.add("route replace prohibit " + service);
      lines.add(
          "rule add pref %d iif lo to %s fwmark 0x%08x/0x%08x lookup %d"
              .formatted(PROBE_TABLE, service, GateElements.REWRITTEN, NextHop.MASK, PROBE_TABLE));
    }
    for (ServiceEndpoint service : config.services(v4)) {
      lines.add(probes(service));
    }
    if (!lines.isEmpty()) {
      lines.add("route replace default dev lo table " + PROBE_TABLE);
    }
    for (NextHop next : config.nextHops(v4)) {
      lines.add(
          "rule add pref %d fwmark 0x%08x/0x%08x lookup %d"
              .formatted(next.table(), next.mark(), NextHop.MASK, next.table()));
    }
    return lines.stream().distinct().toList();
  }

  /**
   * A probe is routed before the output chains mark it and once more before they rewrite its
   * destination, and would meet the prohibition; so it is led anywhere first, and the chains
   * decide.
   */
  private String probes(ServiceEndpoint service) {
    return "rule add pref %d iif lo to %s ipproto tcp sport %d-%d dport %d lookup %d"
        .formatted(
            PROBE_TABLE,
            host(service.address()),
            config.probePorts().first(),
            config.probePorts().last(),
            service.port(),
            PROBE_TABLE);
  }

  private static String host(InetAddress address) {
    return address.getHostAddress() + (NftablesConfig.isV4(address) ? "/32" : "/128");
  }
}

package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.smfadapter.steering.SteeringFailed;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes behind the gate's marks, and the fail-closed base that holds even without the nftables
 * table: the main routing table prohibits every service address.
 */
record GateRouting(NftablesConfig config) {
  private static final int PROBE_TABLE = 1000;

  /** Makes every route and rule that is missing. */
  void install(HostCommand host) throws SteeringFailed {
    for (boolean v4 : new boolean[] {true, false}) {
      String family = v4 ? "-4" : "-6";
      List<String> lines = new ArrayList<>(routes(v4));
      lines.addAll(rules(v4));
      if (!lines.isEmpty()) {
        String batch = String.join("\n", lines) + "\n";
        HostCommand.Answer answer = host.run(batch, "ip", family, "-force", "-batch", "-");
        List<String> refusals =
            answer.error().lines().filter(line -> !isHarmless(line)).toList();
        if (!refusals.isEmpty()) {
          throw new SteeringFailed("ip " + family + ": " + String.join("; ", refusals));
        }
      }
    }
  }

  /** A rule that is there already, and what {@code ip} says besides of a line that failed. */
  private static boolean isHarmless(String error) {
    return error.isBlank()
        || error.contains("File exists")
        || error.startsWith("Command failed -:");
  }

  private List<String> routes(boolean v4) {
    List<String> routes = new ArrayList<>();
    services(v4).stream()
        .map(ServiceEndpoint::address)
        .distinct()
        .forEach(service -> routes.add("route replace prohibit " + host(service)));
    if (!services(v4).isEmpty()) {
      routes.add("route replace default dev lo table " + PROBE_TABLE);
    }
    for (NextHop next : nextHops(v4)) {
      routes.add(
          "route replace default via %s table %d"
              .formatted(next.address().getHostAddress(), next.table()));
    }
    return routes;
  }

  /**
   * A probe's first look-up happens before the output chains mark it or rewrite its destination,
   * and would meet the prohibition; so probe ports are first led anywhere, and the chains decide.
   */
  private List<String> rules(boolean v4) {
    List<String> rules = new ArrayList<>();
    for (ServiceEndpoint service : services(v4)) {
      rules.add(
          "rule add pref %d iif lo to %s ipproto tcp sport %d-%d dport %d lookup %d"
              .formatted(
                  PROBE_TABLE,
                  host(service.address()),
                  config.probePorts().first(),
                  config.probePorts().last(),
                  service.port(),
                  PROBE_TABLE));
    }
    for (NextHop next : nextHops(v4)) {
      rules.add(
          "rule add pref %d fwmark 0x%08x/0x%08x lookup %d"
              .formatted(next.table(), next.mark(), NextHop.MASK, next.table()));
    }
    return rules.stream().distinct().toList();
  }

  private List<ServiceEndpoint> services(boolean v4) {
    return config.services().stream().filter(service -> isV4(service.address()) == v4).toList();
  }

  private List<NextHop> nextHops(boolean v4) {
    return config.nextHops().stream().filter(next -> isV4(next.address()) == v4).toList();
  }

  private static String host(InetAddress address) {
    return address.getHostAddress() + (isV4(address) ? "/32" : "/128");
  }

  private static boolean isV4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}

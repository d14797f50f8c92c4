package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.smfadapter.steering.SteeringFailed;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes behind the gate's marks, and the fail-closed base that holds even without the nftables
 * table: the main routing table prohibits every service address.
 */
record GateRouting(NftablesConfig config) {
  private static final int PROBE_RULE_PREFERENCE = 1000;

  /** Makes every route and rule that is missing. */
  void install(HostCommand host) throws SteeringFailed {
    for (String route : routes()) {
      host.require("", route.split(" ", -1));
    }
    for (String rule : rules()) {
      HostCommand.Answer answer = host.run("", rule.split(" ", -1));
      if (answer.status() != 0 && !answer.error().contains("File exists")) {
        throw new SteeringFailed(rule + ": " + answer.error().strip());
      }
    }
  }

  private List<String> routes() {
    List<String> routes = new ArrayList<>();
    config.services().stream()
        .map(service -> service.address().getHostAddress())
        .distinct()
        .forEach(service -> routes.add("ip route replace prohibit " + service + "/32"));
    for (NextHop next : config.nextHops()) {
      routes.add(
          "ip route replace default via %s table %d"
              .formatted(next.address().getHostAddress(), next.table()));
    }
    return routes;
  }

  /**
   * A probe's first look-up happens before the output chain marks it, and would meet the
   * prohibition; so probe ports are first led to any next hop, and the chain decides.
   */
  private List<String> rules() {
    List<String> rules = new ArrayList<>();
    for (ServiceEndpoint service : config.services()) {
      rules.add(
          "ip rule add pref %d iif lo to %s ipproto tcp sport %d-%d dport %d lookup %d"
              .formatted(
                  PROBE_RULE_PREFERENCE,
                  service.address().getHostAddress(),
                  config.probePortFirst(),
                  config.probePortLast(),
                  service.port(),
                  config.nextHops().getFirst().table()));
    }
    for (NextHop next : config.nextHops()) {
      rules.add(
          "ip rule add pref %d fwmark 0x%08x/0x%08x lookup %d"
              .formatted(next.table(), next.mark(), NextHop.MASK, next.table()));
    }
    return rules.stream().distinct().toList();
  }
}

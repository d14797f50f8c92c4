package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.ServiceEndpoint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * What the kernel gate must know of its host.
 *
 * @param table name of its nftables table, family {@code inet}; the gate owns it
 * @param devices where UEs and anchors are
 * @param services service addresses in scope
 * @param nextHops anchors that packets reach as they are
 * @param dnatAnchors anchors that packets reach with their address as destination; where an anchor
 *     is among both it is a next hop
 * @param qosClasses traffic classes {@code major:minor} that the operator made, by QoS reference
 * @param probePorts local ports that probes come from
 * @param commandPrefix what precedes {@code nft} and {@code ip}, to reach another network namespace
 *     than that of this process; empty in production
 */
public record NftablesConfig(
    String table,
    Devices devices,
    List<ServiceEndpoint> services,
    List<NextHop> nextHops,
    List<Prefix> dnatAnchors,
    Map<String, String> qosClasses,
    ProbeRange probePorts,
    List<String> commandPrefix) {
  /** Default {@link #table}. */
  public static final String TABLE = "aipaging";

  /**
   * Network devices.
   *
   * @param ue devices behind which UEs are, such as {@code ogstun}
   * @param n6 devices behind which anchors are and nothing else that UEs talk with; may be empty
   */
  public record Devices(List<String> ue, List<String> n6) {
    public Devices {
      ue = List.copyOf(ue);
      n6 = List.copyOf(n6);
      require(!ue.isEmpty(), "ue-devices must not be empty");
      requireNames("ue-devices", ue);
      requireNames("n6-devices", n6);
    }
  }

  /**
   * Ports of this host, outside its ephemeral range.
   *
   * @param first lowest, from 1024
   * @param last highest, to 65535
   */
  public record ProbeRange(int first, int last) {
    /** 61000 to 61999. */
    public static final ProbeRange DEFAULT = new ProbeRange(61_000, 61_999);

    public ProbeRange {
      require(
          first >= 1_024 && last >= first && last <= 65_535,
          "probe ports must be a range within 1024 to 65535");
    }
  }

  public NftablesConfig {
    services = List.copyOf(services);
    nextHops = List.copyOf(nextHops);
    dnatAnchors = List.copyOf(dnatAnchors);
    qosClasses = Map.copyOf(qosClasses);
    commandPrefix = List.copyOf(commandPrefix);
    require(table.matches("[a-z][a-z0-9_]{0,30}"), "table must be a plain name");
    require(!services.isEmpty(), "services must not be empty");
    require(
        !nextHops.isEmpty() || !dnatAnchors.isEmpty(),
        "next-hops and dnat-anchors must not both be empty");
    require(
        nextHops.stream().map(NextHop::index).distinct().count() == nextHops.size()
            && nextHops.stream().map(NextHop::address).distinct().count() == nextHops.size(),
        "next-hops must differ in index and address");
    qosClasses.values().forEach(QosClass::handle);
  }

  /** A gate with default table name and probe ports, in this process's network namespace. */
  public static NftablesConfig of(
      Devices devices, List<ServiceEndpoint> services, List<NextHop> nextHops) {
    return new NftablesConfig(
        TABLE, devices, services, nextHops, List.of(), Map.of(), ProbeRange.DEFAULT, List.of());
  }

  /** The same gate with anchors that are reached by rewriting and no next hops. */
  public NftablesConfig rewriting(List<Prefix> anchors) {
    return new NftablesConfig(
        table, devices, services, List.of(), anchors, qosClasses, probePorts, commandPrefix);
  }

  /** The same gate with traffic classes. */
  public NftablesConfig withQosClasses(Map<String, String> classes) {
    return new NftablesConfig(
        table, devices, services, nextHops, dnatAnchors, classes, probePorts, commandPrefix);
  }

  /** The same gate in the network namespace that {@code prefix} leads to. */
  public NftablesConfig withCommandPrefix(List<String> prefix) {
    return new NftablesConfig(
        table, devices, services, nextHops, dnatAnchors, qosClasses, probePorts, prefix);
  }

  static boolean isV4(InetAddress address) {
    return address instanceof Inet4Address;
  }

  /** The services of one address family. */
  List<ServiceEndpoint> services(boolean v4) {
    return services.stream().filter(service -> isV4(service.address()) == v4).toList();
  }

  /** The next hops of one address family. */
  List<NextHop> nextHops(boolean v4) {
    return nextHops.stream().filter(next -> isV4(next.address()) == v4).toList();
  }

  private static void requireNames(String what, List<String> devices) {
    for (String device : devices) {
      require(device.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,14}"), what + " must be device names");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

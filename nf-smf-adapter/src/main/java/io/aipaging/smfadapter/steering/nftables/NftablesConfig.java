package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.ServiceEndpoint;
import java.net.Inet4Address;
import java.util.List;

/**
 * What the kernel gate must know of its host.
 *
 * @param table name of its nftables table; the gate owns it
 * @param ueDevices devices behind which UEs are, such as {@code ogstun}
 * @param n6Devices devices behind which anchors are
 * @param services service addresses in scope, IPv4
 * @param nextHops anchors
 * @param probePortFirst first of the local ports probes come from; must be outside the host's
 *     ephemeral range
 * @param probePortLast last of them
 * @param commandPrefix what precedes {@code nft} and {@code ip}, to reach another network
 *     namespace; empty in production
 */
public record NftablesConfig(
    String table,
    List<String> ueDevices,
    List<String> n6Devices,
    List<ServiceEndpoint> services,
    List<NextHop> nextHops,
    int probePortFirst,
    int probePortLast,
    List<String> commandPrefix) {
  /** Default {@link #table}. */
  public static final String TABLE = "aipaging";

  /** Default {@link #probePortFirst}. */
  public static final int PROBE_PORT_FIRST = 61_000;

  /** Default {@link #probePortLast}. */
  public static final int PROBE_PORT_LAST = 61_999;

  public NftablesConfig {
    ueDevices = List.copyOf(ueDevices);
    n6Devices = List.copyOf(n6Devices);
    services = List.copyOf(services);
    nextHops = List.copyOf(nextHops);
    commandPrefix = List.copyOf(commandPrefix);
    require(table.matches("[a-z][a-z0-9_]{0,30}"), "table must be a plain name");
    requireDevices("ue-devices", ueDevices);
    requireDevices("n6-devices", n6Devices);
    require(!services.isEmpty(), "services must not be empty");
    require(
        services.stream().allMatch(service -> service.address() instanceof Inet4Address),
        "services must be IPv4");
    require(!nextHops.isEmpty(), "next-hops must not be empty");
    require(
        nextHops.stream().map(NextHop::index).distinct().count() == nextHops.size()
            && nextHops.stream().map(NextHop::address).distinct().count() == nextHops.size(),
        "next-hops must differ in index and address");
    require(
        probePortFirst >= 1_024 && probePortLast >= probePortFirst && probePortLast <= 65_535,
        "probe ports must be a range within 1024 to 65535");
  }

  /** A gate with default table name and probe ports, in this process's network namespace. */
  public static NftablesConfig of(
      List<String> ueDevices,
      List<String> n6Devices,
      List<ServiceEndpoint> services,
      List<NextHop> nextHops) {
    return new NftablesConfig(
        TABLE,
        ueDevices,
        n6Devices,
        services,
        nextHops,
        PROBE_PORT_FIRST,
        PROBE_PORT_LAST,
        List.of());
  }

  /** The same gate in the network namespace that {@code prefix} leads to. */
  public NftablesConfig withCommandPrefix(List<String> prefix) {
    return new NftablesConfig(
        table, ueDevices, n6Devices, services, nextHops, probePortFirst, probePortLast, prefix);
  }

  private static void requireDevices(String name, List<String> devices) {
    require(!devices.isEmpty(), name + " must not be empty");
    for (String device : devices) {
      require(device.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,14}"), name + " must be device names");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

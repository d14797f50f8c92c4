package io.aipaging.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The wiring of a lab. User plane: {@code ue — upf — a, b, cloud}; control plane: a bridge in
 * {@code core} that reaches {@code upf}, {@code a} and {@code b}, and that UEs cannot reach. The
 * UE's namespace is there already: adding it was what claimed the lab's number.
 */
record LabTopology(Command command, Lab.Namespaces in) {

  void build() throws IOException {
    for (Namespace namespace : in.all()) {
      if (!namespace.equals(in.ue())) {
        command.run(List.of("ip", "netns", "add", namespace.name()), "");
      }
      ip(namespace, "link set lo up\n");
      configure(namespace, "net.ipv6.conf.default.accept_dad=0"); // addresses work at once
    }
    link(in.ue(), "u0", in.upf(), LabAddresses.UE_DEVICE);
    link(in.a(), "e0", in.upf(), AnchorSite.A.device());
    link(in.b(), "e0", in.upf(), AnchorSite.B.device());
    link(in.cloud(), "e0", in.upf(), LabAddresses.CLOUD_DEVICE);
    ip(in.ue(), ue());
    ip(in.a(), anchor(AnchorSite.A));
    ip(in.b(), anchor(AnchorSite.B));
    ip(in.cloud(), cloud());
    forward(in.upf());
    ip(in.upf(), router());
    core();
    shield(in.upf());
  }

  private static String ue() {
    return """
        address add %s/16 dev u0
        address add %s/16 dev u0
        route add default via 10.45.0.1
        address add %s/64 dev u0 nodad
        address add %s/64 dev u0 nodad
        route add 2001:db8:45::/64 dev u0
        route add default via 2001:db8:45::1
        """
        .formatted(LabAddresses.UE_1, LabAddresses.UE_2, LabAddresses.UE_1_6, LabAddresses.UE_2_6);
  }

  private static String anchor(AnchorSite site) {
    return """
        address add %s/24 dev e0
        address add %s/32 dev lo
        route add default via %s
        address add %s/64 dev e0 nodad
        address add %s/128 dev lo
        route add default via %s
        """
        .formatted(
            site.address(),
            LabAddresses.SERVICE,
            site.gateAddress(),
            site.address6(),
            LabAddresses.SERVICE_6,
            site.gateAddress6());
  }

  private static String cloud() {
    return """
        address add 10.60.9.2/24 dev e0
        address add %s/32 dev lo
        route add default via 10.60.9.1
        address add 2001:db8:60:9::2/64 dev e0 nodad
        address add %s/128 dev lo
        route add default via 2001:db8:60:9::1
        """
        .formatted(LabAddresses.SERVICE, LabAddresses.SERVICE_6);
  }

  private static String router() {
    return """
        address add 10.45.0.1/16 dev %1$s
        address add 10.60.9.1/24 dev %2$s
        route add default via 10.60.9.2
        address add 2001:db8:45::1/48 dev %1$s nodad
        address add 2001:db8:60:9::1/64 dev %2$s nodad
        route add default via 2001:db8:60:9::2
        """
            .formatted(LabAddresses.UE_DEVICE, LabAddresses.CLOUD_DEVICE)
        + towards(AnchorSite.A)
        + towards(AnchorSite.B);
  }

  private static String towards(AnchorSite site) {
    return """
        address add %1$s/24 dev %2$s
        address add %7$s/64 dev %2$s nodad
        route add default via %3$s table %4$d
        rule add fwmark 0x%5$08x/0x%6$08x lookup %4$d pref %4$d
        """
        .formatted(
            site.gateAddress(),
            site.device(),
            site.address(),
            site.table(),
            site.mark(),
            AnchorSite.MASK,
            site.gateAddress6());
  }

  private void core() throws IOException {
    ip(in.core(), "link add br0 type bridge\nlink set br0 up\n");
    ip(in.core(), "address add " + LabAddresses.CORE + "/24 dev br0\n");
    attach(in.upf(), LabAddresses.UPF);
    attach(in.a(), AnchorSite.A.coreAddress());
    attach(in.b(), AnchorSite.B.coreAddress());
  }

  private void attach(Namespace namespace, String address) throws IOException {
    String port = "c-" + namespace.name().substring(namespace.name().lastIndexOf('-') + 1);
    link(namespace, "c0", in.core(), port);
    ip(in.core(), "link set " + port + " master br0\n");
    ip(namespace, "address add " + address + "/24 dev c0\n");
  }

  /** Devices are born inside their namespaces, so that two labs may use the same device names. */
  private void link(Namespace left, String leftDevice, Namespace right, String rightDevice)
      throws IOException {
    String pair =
        "link add %s netns %s type veth peer name %s netns %s\n"
            .formatted(leftDevice, left.name(), rightDevice, right.name());
    command.run(List.of("ip", "-batch", "-"), pair);
    ip(left, "link set " + leftDevice + " up\n");
    ip(right, "link set " + rightDevice + " up\n");
  }

  /** Reverse-path filtering would drop what policy routing sends elsewhere on purpose. */
  private void forward(Namespace namespace) throws IOException {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "net.ipv4.ip_forward=1",
                "net.ipv6.conf.all.forwarding=1",
                "net.ipv4.conf.all.rp_filter=0",
                "net.ipv4.conf.default.rp_filter=0"));
    for (String device :
        List.of(
            LabAddresses.UE_DEVICE,
            LabAddresses.CLOUD_DEVICE,
            AnchorSite.A.device(),
            AnchorSite.B.device())) {
      settings.add("net.ipv4.conf." + device + ".rp_filter=0");
    }
    configure(namespace, settings.toArray(new String[0]));
  }

  private void configure(Namespace namespace, String... settings) throws IOException {
    List<String> sysctl = new ArrayList<>(namespace.commandPrefix());
    sysctl.addAll(List.of("sysctl", "-qw"));
    sysctl.addAll(List.of(settings));
    command.run(sysctl, "");
  }

  /** UEs reach no control-plane address, the router's own included. */
  private void shield(Namespace namespace) throws IOException {
    List<String> nft = new ArrayList<>(namespace.commandPrefix());
    nft.addAll(List.of("nft", "-f", "-"));
    command.run(
        nft,
        """
        table ip lab {
          chain shield {
            type filter hook prerouting priority mangle; policy accept;
            iifname "%s" ip daddr %s reject with icmp admin-prohibited
          }
        }
        """
            .formatted(LabAddresses.UE_DEVICE, LabAddresses.CORE_NETWORK));
  }

  private void ip(Namespace namespace, String batch) throws IOException {
    command.run(List.of("ip", "-n", namespace.name(), "-batch", "-"), batch);
  }
}

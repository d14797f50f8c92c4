package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.LabAddresses;
import io.aipaging.lab.Namespace;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.smfadapter.steering.EchoAnchor;
import io.aipaging.smfadapter.steering.SlowAnchor;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** The kernel gate in a lab. */
public final class LabGate {
  public static final int PORT = 8443;

  /** Where datagrams are answered by a {@link SlowAnchor}. */
  static final int SLOW_PORT = 8444;

  /** Where no anchor listens. */
  static final int DEAF_PORT = 8445;

  private static final int CONNECT_MILLIS_MAX = 2_000;

  private LabGate() {}

  /** Configuration of the gate in the lab's N6 router. */
  public static NftablesConfig config(Lab lab) {
    return config().withCommandPrefix(lab.upf().commandPrefix());
  }

  /** The same of a process that runs there. */
  static NftablesConfig config() {
    return NftablesConfig.of(
        new NftablesConfig.Devices(
            List.of(LabAddresses.UE_DEVICE), List.of(AnchorSite.A.device(), AnchorSite.B.device())),
        List.of(
            ServiceEndpoint.of(LabAddresses.SERVICE, "TCP", PORT),
            ServiceEndpoint.of(LabAddresses.SERVICE, "UDP", PORT),
            ServiceEndpoint.of(LabAddresses.SERVICE, "UDP", SLOW_PORT),
            ServiceEndpoint.of(LabAddresses.SERVICE, "UDP", DEAF_PORT),
            ServiceEndpoint.of(LabAddresses.SERVICE_6, "TCP", PORT),
            ServiceEndpoint.of(LabAddresses.SERVICE_6, "UDP", PORT),
            ServiceEndpoint.of(LabAddresses.SERVICE_6, "UDP", SLOW_PORT),
            ServiceEndpoint.of(LabAddresses.SERVICE_6, "UDP", DEAF_PORT)),
        List.of(
            nextHop(AnchorSite.A.address(), 1),
            nextHop(AnchorSite.B.address(), 2),
            nextHop(AnchorSite.A.address6(), 3),
            nextHop(AnchorSite.B.address6(), 4)));
  }

  /** A driver in the lab's N6 router. */
  public static NftablesDriver open(Lab lab, NftablesConfig config) throws IOException {
    return lab.upf().call(() -> NftablesDriver.open(config));
  }

  /** The same gate, if destinations are rewritten. */
  public static NftablesConfig rewritingConfig(Lab lab) {
    return config(lab)
        .rewriting(List.of(Prefix.parse("10.60.0.0/21"), Prefix.parse("2001:db8:60::/61")));
  }

  /** An anchor, or the cloud, that answers under every address of its namespace. */
  public static EchoAnchor echo(String name, Namespace namespace) throws IOException {
    return echo(name, namespace, LabAddresses.SERVICE);
  }

  /**
   * The same.
   *
   * @param address where datagrams are answered; a socket on every address would answer from
   *     another than it was asked under
   */
  public static EchoAnchor echo(String name, Namespace namespace, String address)
      throws IOException {
    return new EchoAnchor(
        name,
        namespace.call(() -> new ServerSocket(PORT)),
        namespace.call(() -> new DatagramSocket(PORT, InetAddress.ofLiteral(address))),
        false);
  }

  /** A TCP connection from the UE's namespace. */
  public static Socket connect(Lab lab, String from, String to) throws IOException {
    return connect(lab, from, 0, to);
  }

  /** The same from a port of the UE. */
  static Socket connect(Lab lab, String from, int port, String to) throws IOException {
    return lab.ue()
        .call(
            () -> {
              Socket socket = new Socket();
              try {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), port));
                socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral(to), PORT), CONNECT_MILLIS_MAX);
                return socket;
              } catch (IOException e) {
                socket.close();
                throw e;
              }
            });
  }

  private static NextHop nextHop(String address, int index) {
    return new NextHop(InetAddress.ofLiteral(address), index);
  }
}

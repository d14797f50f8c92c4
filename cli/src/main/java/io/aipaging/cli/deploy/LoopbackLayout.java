package io.aipaging.cli.deploy;

import io.aipaging.cli.deploy.Layout.AnchorSpot;
import io.aipaging.cli.deploy.Layout.GateDriver;
import io.aipaging.cli.deploy.Layout.Ports;
import io.aipaging.openapi.ServiceAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** A set on loopback: the UE is this host, the gate listens on an address of its own. */
public final class LoopbackLayout {
  /** The UE's address. */
  public static final String UE = "127.0.0.1";

  private static final String SERVICE = "127.0.0.10";
  private static final int SERVICE_PORT = 8000;
  private static final String GUARD_A = "127.0.2.1";
  private static final String GUARD_B = "127.0.2.2";

  private LoopbackLayout() {}

  /** On ports that are the same everywhere, as {@code up} prints them. */
  public static Layout wellKnown(Layout.Terms terms) {
    return layout(
        Ports.wellKnown(),
        SERVICE_PORT,
        List.of(
            spot("a", 7750, GUARD_A + ":" + SERVICE_PORT, 7755),
            spot("b", 7760, GUARD_B + ":" + SERVICE_PORT, 7765)),
        terms);
  }

  /** On ports that are free now, so that several sets run side by side. */
  public static Layout onFreePorts(Layout.Terms terms) {
    List<Integer> free = freePorts(17);
    Ports ports =
        new Ports(
            free.get(0),
            free.get(1),
            free.get(2),
            free.get(3),
            free.get(4),
            free.get(5),
            free.get(6),
            free.get(7),
            free.get(8),
            free.get(9));
    return layout(
        ports,
        free.get(10),
        List.of(
            spot("a", free.get(11), GUARD_A + ":" + free.get(12), free.get(13)),
            spot("b", free.get(14), GUARD_B + ":" + free.get(15), free.get(16))),
        terms);
  }

  private static Layout layout(
      Ports ports, int servicePort, List<AnchorSpot> anchors, Layout.Terms terms) {
    return new Layout(
        UE,
        UE,
        anchors,
        new ServiceAddress(SERVICE, "TCP", servicePort),
        "127.0.0.0/8",
        new GateDriver.Gateway(),
        ports,
        terms);
  }

  private static AnchorSpot spot(String id, int sbiPort, String endpoint, int modelPort) {
    String guard = endpoint.substring(0, endpoint.indexOf(':'));
    return new AnchorSpot(id, UE, sbiPort, guard, endpoint, modelPort, List.of(UE));
  }

  /** All are held until all are found, so that none occurs twice. */
  private static List<Integer> freePorts(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.ofLiteral(UE)));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      for (ServerSocket socket : held) {
        close(socket);
      }
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

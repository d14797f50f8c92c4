package io.aipaging.cli.deploy;

import io.aipaging.cli.deploy.Layout.AnchorSpot;
import io.aipaging.cli.deploy.Layout.GateDriver;
import io.aipaging.cli.deploy.Layout.Ports;
import io.aipaging.lab.LoopbackPorts;
import io.aipaging.openapi.ServiceAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
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
    List<Integer> free = freePorts(19);
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
            free.get(9),
            free.get(17),
            free.get(18));
    return layout(
        ports,
        free.get(10),
        List.of(
            spot("a", free.get(11), GUARD_A + ":" + free.get(12), free.get(13)),
            spot("b", free.get(14), GUARD_B + ":" + free.get(15), free.get(16))),
        terms);
  }

  /** Of the ports that {@link #wellKnown} uses, those that somebody listens on now. */
  public static List<String> takenPorts() {
    Layout.Terms any = new Layout.Terms(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    Layout layout = wellKnown(any);
    Ports ports = layout.ports();
    List<String> taken = new ArrayList<>();
    for (int port :
        new int[] {
          ports.issuer(),
          ports.pcf(),
          ports.pcfControl(),
          ports.aipf(),
          ports.aipfManagement(),
          ports.nef(),
          ports.pcfAdapter(),
          ports.pcfCallback(),
          ports.smfAdapter(),
          ports.smfManagement()
        }) {
      noteIfTaken(UE, port, taken);
    }
    noteIfTaken(SERVICE, SERVICE_PORT, taken);
    for (AnchorSpot anchor : layout.anchors()) {
      noteIfTaken(UE, anchor.sbiPort(), taken);
      noteIfTaken(UE, anchor.modelPort(), taken);
      noteIfTaken(anchor.guardHost(), SERVICE_PORT, taken);
    }
    return taken;
  }

  private static void noteIfTaken(String host, int port, List<String> taken) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    } catch (IOException e) {
      taken.add(host + ":" + port);
    }
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

  private static List<Integer> freePorts(int count) {
    try {
      return LoopbackPorts.free(UE, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

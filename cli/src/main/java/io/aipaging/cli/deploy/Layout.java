package io.aipaging.cli.deploy;

import io.aipaging.openapi.ServiceAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where a set's functions run and what they steer.
 *
 * @param core address of issuer, PCF simulator, AIPF, exposure function and PCF adapter
 * @param gate address of the SMF adapter's interface
 * @param anchors the anchors, in the order of the catalogue
 * @param service the service address that is steered
 * @param uePrefix UEs the app may serve
 * @param gateDriver how the gate steers
 * @param ports ports on {@code core}, {@code gate} and each anchor's {@code agent}
 * @param terms times
 */
public record Layout(
    String core,
    String gate,
    List<AnchorSpot> anchors,
    ServiceAddress service,
    String uePrefix,
    GateDriver gateDriver,
    Ports ports,
    Terms terms) {
  public Layout {
    anchors = List.copyOf(anchors);
  }

  /**
   * One anchor.
   *
   * @param id anchor id in the catalogue
   * @param agent address of the agent's interface
   * @param sbiPort its port
   * @param guardHost address the guard binds
   * @param endpoint {@code address:port} by which the gate reaches the guard
   * @param modelPort port of the model server on loopback
   * @param gatewaySources source addresses of the gate, seen from here
   */
  public record AnchorSpot(
      String id,
      String agent,
      int sbiPort,
      String guardHost,
      String endpoint,
      int modelPort,
      List<String> gatewaySources) {
    public AnchorSpot {
      gatewaySources = List.copyOf(gatewaySources);
    }

    /** Name of the agent's files and its id in COMMITs. */
    public String enforcerId() {
      return "aexf-" + id;
    }
  }

  /** How the gate steers. */
  public sealed interface GateDriver {
    /**
     * The kernel's packet filter.
     *
     * @param ueDevices devices behind which UEs are
     * @param n6Devices devices behind which anchors are
     */
    record Kernel(List<String> ueDevices, List<String> n6Devices) implements GateDriver {
      public Kernel {
        ueDevices = List.copyOf(ueDevices);
        n6Devices = List.copyOf(n6Devices);
      }
    }

    /** The forwarder in user space, listening on the service address. */
    record Gateway() implements GateDriver {}
  }

  /** Ports of the core functions and the gate. */
  public record Ports(
      int issuer,
      int pcf,
      int pcfControl,
      int nrf,
      int bsf,
      int aipf,
      int aipfManagement,
      int nef,
      int pcfAdapter,
      int pcfCallback,
      int smfAdapter,
      int smfManagement) {
    /** Ports that are the same on every machine, for people to remember. */
    public static Ports wellKnown() {
      return new Ports(7700, 7701, 7702, 7703, 7704, 7710, 7711, 7720, 7730, 7731, 7740, 7741);
    }
  }

  /**
   * Times.
   *
   * @param leaseTerm life of one COMMIT
   * @param drain how long old flows keep the old anchor
   * @param skew skew bound and margin; small, because all clocks are one
   * @param deliveryBudget time a COMMIT needs at worst
   */
  public record Terms(Duration leaseTerm, Duration drain, Duration skew, Duration deliveryBudget) {}
}

package io.aipaging.pcfadapter;

import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.sbi.process.Parts;
import io.aipaging.sbi.server.Route;
import java.util.List;
import java.util.OptionalInt;

/** A running PCF adapter. */
public final class PcfAdapter implements AutoCloseable {
  private final NpcfadapterQosbinding service;
  private final OptionalInt port;
  private final int callbackPort;
  private final OptionalInt managementPort;
  private final List<Route> routes;
  private final Parts parts;

  PcfAdapter(NpcfadapterQosbinding service, Ports ports, Parts parts) {
    this.service = service;
    this.port = ports.service();
    this.callbackPort = ports.callback();
    this.managementPort = ports.management();
    this.routes = ports.routes();
    this.parts = parts;
  }

  record Ports(OptionalInt service, int callback, OptionalInt management, List<Route> routes) {}

  /** The service, for wiring in-process. */
  public NpcfadapterQosbinding qosBinding() {
    return service;
  }

  /** Port of npcfadapter-qosbinding; empty when it is wired in-process only. */
  public OptionalInt port() {
    return port;
  }

  /** Port of the core's callbacks. */
  public int callbackPort() {
    return callbackPort;
  }

  /** Port of health and metrics; empty when none is served. */
  public OptionalInt managementPort() {
    return managementPort;
  }

  /** Everything mounted on the service's and the callbacks' listener. */
  public List<Route> routes() {
    return routes;
  }

  /** Stops; bindings stay as they are and are found again through the journal. */
  @Override
  public void close() {
    parts.close();
  }
}

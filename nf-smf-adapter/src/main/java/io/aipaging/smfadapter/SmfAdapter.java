package io.aipaging.smfadapter;

import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.sbi.process.Parts;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.server.SbiServer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A running adapter. */
public final class SmfAdapter implements AutoCloseable {
  private final NsmfadapterSteering steering;
  private final OptionalInt port;
  private final OptionalInt managementPort;
  private final List<Route> routes;
  private final Parts parts;

  SmfAdapter(
      NsmfadapterSteering steering,
      Optional<SbiServer> server,
      OptionalInt management,
      Parts parts) {
    this.steering = steering;
    this.port = server.map(sbi -> OptionalInt.of(sbi.port())).orElse(OptionalInt.empty());
    this.routes = server.map(SbiServer::routes).orElse(List.of());
    this.managementPort = management;
    this.parts = parts;
  }

  /** The contract, in-process. */
  public NsmfadapterSteering steering() {
    return steering;
  }

  /** Port of the service-based interface; empty without listener. */
  public OptionalInt port() {
    return port;
  }

  /** Everything mounted on the service-based interface. */
  public List<Route> routes() {
    return routes;
  }

  /** Port of health and metrics; empty without management. */
  public OptionalInt managementPort() {
    return managementPort;
  }

  /** Stops; what the kernel enforces stays in force until it expires. */
  @Override
  public void close() {
    parts.close();
  }
}

package io.aipaging.nef;

import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.server.SbiServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A running exposure function. */
public final class Nef implements AutoCloseable {
  private final NnefAipaging service;
  private final OptionalInt port;
  private final OptionalInt managementPort;
  private final List<Route> routes;
  private final Deque<Runnable> closing;

  Nef(
      NnefAipaging service,
      Optional<SbiServer> server,
      OptionalInt managementPort,
      Deque<Runnable> closing) {
    this.service = service;
    this.port = server.map(sbi -> OptionalInt.of(sbi.port())).orElse(OptionalInt.empty());
    this.routes = server.map(SbiServer::routes).orElse(List.of());
    this.managementPort = managementPort;
    this.closing = new ArrayDeque<>(closing);
  }

  /** The service, for wiring in-process. */
  public NnefAipaging aiPaging() {
    return service;
  }

  /** Port of nnef-aipaging; empty when it is wired in-process only. */
  public OptionalInt port() {
    return port;
  }

  /** Everything mounted on the service-based interface. */
  public List<Route> routes() {
    return routes;
  }

  /** Port of health and metrics; empty when none is served. */
  public OptionalInt managementPort() {
    return managementPort;
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}

package io.aipaging.aipf;

import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.server.SbiServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A running AI Paging Function. */
public final class Aipf implements AutoCloseable {
  private final NaipfPaging paging;
  private final NaipfKeyinfo keyinfo;
  private final NaipfEvents events;
  private final OptionalInt port;
  private final OptionalInt managementPort;
  private final List<Route> routes;
  private final Deque<Runnable> closing;

  Aipf(
      Services services,
      Optional<SbiServer> server,
      OptionalInt managementPort,
      Deque<Runnable> closing) {
    this.paging = services.paging();
    this.keyinfo = services.keyinfo();
    this.events = services.events();
    this.port = server.map(sbi -> OptionalInt.of(sbi.port())).orElse(OptionalInt.empty());
    this.routes = server.map(SbiServer::routes).orElse(List.of());
    this.managementPort = managementPort;
    this.closing = new ArrayDeque<>(closing);
  }

  record Services(NaipfPaging paging, NaipfKeyinfo keyinfo, NaipfEvents events) {}

  /** naipf-paging, for wiring in-process. */
  public NaipfPaging paging() {
    return paging;
  }

  /** naipf-keyinfo, for wiring in-process. */
  public NaipfKeyinfo keyinfo() {
    return keyinfo;
  }

  /** naipf-events, for wiring in-process. */
  public NaipfEvents events() {
    return events;
  }

  /** Port of all its services; empty when they are wired in-process only. */
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

  /** Stops serving; sessions are not ended, their leases run out. */
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}

package io.aipaging.nef;

import io.aipaging.openapi.exposure.NnefAipaging;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/** A running exposure function. */
public final class Nef implements AutoCloseable {
  private final NnefAipaging service;
  private final OptionalInt port;
  private final OptionalInt managementPort;
  private final Deque<Runnable> closing;

  Nef(NnefAipaging service, OptionalInt port, OptionalInt managementPort, Deque<Runnable> closing) {
    this.service = service;
    this.port = port;
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

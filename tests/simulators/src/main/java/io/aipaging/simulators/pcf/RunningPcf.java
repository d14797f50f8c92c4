package io.aipaging.simulators.pcf;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A simulated PCF that listens. */
public final class RunningPcf implements AutoCloseable {
  private final Vertx vertx;
  private final HttpServer n5;
  private final HttpServer control;

  private RunningPcf(Vertx vertx, HttpServer n5, HttpServer control) {
    this.vertx = vertx;
    this.n5 = n5;
    this.control = control;
  }

  /** Decides on {@code Authorization} headers. */
  @FunctionalInterface
  public interface Gatekeeper {
    /** Whether a call with that header, or null without one, is let in. */
    boolean admits(@Nullable String authorization);
  }

  /** Starts one that lets everybody in; returns once both ports accept connections. */
  public static RunningPcf start(PcfSimulatorConfig config) {
    return start(config, authorization -> true);
  }

  /** Starts one; returns once both ports accept connections. */
  public static RunningPcf start(PcfSimulatorConfig config, Gatekeeper gatekeeper) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      SimulatedPcf pcf = new SimulatedPcf(config);
      HttpServer n5 =
          listen(
              vertx,
              config.host(),
              config.port(),
              new N5Server(vertx, pcf, config, gatekeeper)::handle);
      ControlServer controls = new ControlServer(vertx, pcf, config, n5.actualPort());
      HttpServer control = listen(vertx, config.host(), config.controlPort(), controls::handle);
      return new RunningPcf(vertx, n5, control);
    } catch (RuntimeException e) {
      settle(vertx.close());
      throw e;
    }
  }

  private static HttpServer listen(
      Vertx vertx, String host, int port, Consumer<HttpServerRequest> handler) {
    HttpServerOptions options =
        new HttpServerOptions().setHost(host).setPort(port).setHttp2ClearTextEnabled(true);
    return settle(vertx.createHttpServer(options).requestHandler(handler::accept).listen());
  }

  private static <T> T settle(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** Port of Npcf_PolicyAuthorization. */
  public int port() {
    return n5.actualPort();
  }

  /** Port of the control interface. */
  public int controlPort() {
    return control.actualPort();
  }

  @Override
  public void close() {
    settle(vertx.close());
  }
}

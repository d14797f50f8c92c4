package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aipaging.simulators.flavor.Quirk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A simulated PCF that listens. */
public final class RunningPcf implements AutoCloseable {
  private final Vertx vertx;
  private final PcfSimulatorConfig config;
  private final SimulatedPcf pcf;
  private final PduSessionBook book;
  private final HttpServer n5;
  private final HttpServer control;

  private RunningPcf(
      PcfSimulatorConfig config,
      Vertx vertx,
      SimulatedPcf pcf,
      PduSessionBook book,
      HttpServer n5,
      HttpServer control) {
    this.config = config;
    this.vertx = vertx;
    this.pcf = pcf;
    this.book = book;
    this.n5 = n5;
    this.control = control;
  }

  /** The core that a PCF belongs to. */
  public interface Surroundings {
    /** A PCF by itself, which lets everybody in. */
    Surroundings NONE =
        new Surroundings() {
          @Override
          public boolean admits(@Nullable String authorization) {
            return true;
          }

          @Override
          public JsonNode state() {
            return JsonNodeFactory.instance.objectNode();
          }
        };

    /** Whether a call with that {@code Authorization} header, or null without one, is let in. */
    boolean admits(@Nullable String authorization);

    /** What there is to see of the others. */
    JsonNode state();

    /**
     * An app session wants its flow routed.
     *
     * @param id app session
     * @param ue its UE's address
     * @param route {@code afRoutReq}; null when it wants nothing any longer
     */
    default void routed(String id, String ue, @Nullable JsonNode route) {}
  }

  /** Starts one by itself; returns once both ports accept connections. */
  public static RunningPcf start(PcfSimulatorConfig config) {
    return start(config, Surroundings.NONE, new PduSessionBook(config.ues()));
  }

  /** Starts one of a core; returns once both ports accept connections. */
  public static RunningPcf start(
      PcfSimulatorConfig config, Surroundings core, PduSessionBook book) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      SimulatedPcf pcf = new SimulatedPcf(config, book);
      HttpServer n5 =
          listen(
              vertx, config.host(), config.port(), new N5Server(vertx, pcf, config, core)::handle);
      ControlServer controls = new ControlServer(vertx, pcf, config, n5.actualPort(), core);
      HttpServer control = listen(vertx, config.host(), config.controlPort(), controls::handle);
      return new RunningPcf(config, vertx, pcf, book, n5, control);
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

  /** How many app sessions it has. */
  public int sessions() {
    return pcf.state().sessions().size();
  }

  /** How much was done that would have harmed a real one. */
  public int violations() {
    return pcf.state().violations().size();
  }

  /** A PDU session ends, and nobody outside the core is told. */
  public void endSilently(String ue) {
    if (config.has(Quirk.O_37)) {
      book.endAtSmf(ue);
    } else {
      book.end(ue);
      pcf.forget(ue);
    }
  }

  /** The SMF loses a UE's flows and tells nobody, or carries them again (O-29). */
  public void loseFlows(String ue, boolean lost) {
    book.lose(ue, lost);
  }

  /** Flows of a UE's app sessions that the SMF carries. */
  public long flows(String ue) {
    return pcf.flows(ue);
  }

  /** A PDU session ends, nobody is told, and another subscriber gets its address. */
  public void reassign(String ue) {
    pcf.forget(ue);
    book.reassign(ue);
  }

  /** Creates for UEs whose addresses begin like that are answered only after {@code time}. */
  public void stall(String uePrefix, Duration time) {
    pcf.behave(Behaviour.stalling(uePrefix, time));
  }

  /** Forgets all app sessions, as a restart does; numbers start again. */
  public void restart() {
    pcf.restart();
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

package io.aipaging.aexf.guard.http;

import io.aipaging.aexf.admission.LeaseWatcher;
import io.aipaging.aexf.admission.LiveLease;
import io.aipaging.aexf.admission.LiveLeases;
import io.aipaging.aexf.guard.Denied;
import io.aipaging.aexf.guard.Gatekeeper;
import io.aipaging.aexf.guard.Gateways;
import io.aipaging.aexf.guard.Origin;
import io.aipaging.aexf.guard.Presented;
import io.aipaging.protocol.SessionId;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 reverse proxy in front of one OpenAI-compatible model server. Admits what the {@link
 * Gatekeeper} admits and streams it both ways; ends what is in flight the moment its session's
 * lease ends; makes clients of a draining session come back on a new connection, which the gate
 * leads to the new anchor, so that none meets a reset at the drain's end.
 *
 * <p>Neither tokens nor bodies nor addresses are logged, and the model server sees no token.
 */
public final class GuardServer implements LeaseWatcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GuardServer.class);
  private static final String PROBE_PATH = "/.well-known/aipaging/probe";
  private static final int REQUEST_LINE_BYTES_MAX = 8_192;
  private static final long START_SECONDS_MAX = 10;

  private final Vertx vertx;
  private final GuardConfig config;
  private final Door door;
  private final Gateways gateways;
  private final @Nullable GuardTls tls;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("guard-", 0).factory());
  private final Map<HttpConnection, ClientConnection> connections = new ConcurrentHashMap<>();

  private GuardServer(Vertx vertx, GuardConfig config, Door door) {
    this.vertx = vertx;
    this.config = config;
    this.door = door;
    this.gateways = Gateways.of(config.gateways());
    this.tls = config.tls() == null ? null : new GuardTls(config.tls(), vertx);
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(config.headerBytesMax())
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setIdleTimeout((int) config.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    server.connectionHandler(this::connected);
    server.requestHandler(this::requested);
    server.exceptionHandler(broken -> LOG.atDebug().log("connection failed"));
  }

  /**
   * What stands behind the listener.
   *
   * @param denied told the code of every refusal
   */
  public record Door(
      String anchorId,
      Gatekeeper keeper,
      LiveLeases leases,
      ModelBackend model,
      Consumer<String> denied) {}

  /** Listens. */
  public static GuardServer start(Vertx vertx, GuardConfig config, Door door) {
    GuardServer started = new GuardServer(vertx, config, door);
    await(started.server.listen());
    return started;
  }

  /** The port listened on. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void changed(SessionId session) {
    for (ClientConnection connection : connections.values()) {
      if (session.equals(connection.session())) {
        connection.look();
      }
    }
  }

  @Override
  public void close() {
    if (tls != null) {
      tls.close();
    }
    await(server.close());
    threads.shutdown();
  }

  private void connected(HttpConnection http) {
    Channel channel = Channels.of(http);
    if (connections.size() >= config.connectionsMax()
        || !(channel.remoteAddress() instanceof InetSocketAddress peer)) {
      var _ = channel.close();
      return;
    }
    ClientConnection connection =
        new ClientConnection(vertx, http, door.leases(), config.drainLead());
    connections.put(http, connection);
    channel.closeFuture().addListener(closed -> connections.remove(http));
    if (tls != null) {
      channel.pipeline().addFirst(tls.context().newHandler(channel.alloc()));
    }
    channel
        .pipeline()
        .addFirst(new OriginHandler(gateways, peer.getAddress(), connection::cameFrom));
    connection.expectRequestWithin(config.headTimeout());
  }

  private void requested(HttpServerRequest request) {
    ClientConnection client = connections.get(request.connection());
    Origin origin = client == null ? null : client.origin();
    if (client == null || origin == null) {
      request.connection().close();
      return;
    }
    client.requestBegan();
    if (PROBE_PATH.equals(request.path())) {
      probe(client, request, origin);
      return;
    }
    request.pause();
    Presented presented = presented(request, origin);
    Context context = vertx.getOrCreateContext();
    threads.execute(
        () -> {
          Verdict verdict = judge(presented);
          context.runOnContext(decided -> carryOut(verdict, client, request));
        });
  }

  private Presented presented(HttpServerRequest request, Origin origin) {
    boolean secure = Channels.isSecure(request.connection());
    return new Presented(
        request.method().name(),
        request.uri(),
        request.getHeader(HttpHeaders.HOST),
        secure,
        request.headers().getAll(HttpHeaders.AUTHORIZATION),
        request.headers().getAll("DPoP"),
        origin,
        secure ? Channels.certificateSha256(request.connection()) : null);
  }

  /** A lease, or why not. */
  private record Verdict(@Nullable LiveLease lease, @Nullable Denied denied) {}

  private Verdict judge(Presented presented) {
    try {
      return new Verdict(door.keeper().admit(presented), null);
    } catch (Denied denied) {
      return new Verdict(null, denied);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("guard failed");
      return new Verdict(null, Denied.of(500, "internal_error", "the guard failed"));
    }
  }

  private void carryOut(Verdict verdict, ClientConnection client, HttpServerRequest request) {
    LiveLease lease = verdict.lease();
    if (lease == null) {
      deny(client, request, java.util.Objects.requireNonNull(verdict.denied()));
      return;
    }
    // Bind first and look again: a lease that ends in between finds the connection either way.
    client.servesFor(lease.session());
    if (door.leases().find(lease.session()) == null) {
      deny(client, request, Denied.of(403, "no_live_lease", "the session is not admitted here"));
      return;
    }
    new Exchange(
            new Exchange.Front(vertx, config, door.model()),
            client,
            request,
            () -> door.leases().find(lease.session()))
        .begin();
  }

  private void deny(ClientConnection client, HttpServerRequest request, Denied denied) {
    door.denied().accept(denied.code());
    Answers.deny(vertx, request, denied).onComplete(written -> client.requestEnded(false));
  }

  private void probe(ClientConnection client, HttpServerRequest request, Origin origin) {
    String sid = request.getParam("sid");
    if (!gateways.isOwn(origin) || !request.method().name().equals("GET") || sid == null) {
      deny(client, request, Denied.of(404, "unknown_url", "no such resource"));
      return;
    }
    LiveLease lease;
    try {
      lease = door.leases().find(new SessionId(sid));
    } catch (IllegalArgumentException e) {
      deny(client, request, Denied.of(404, "unknown_url", "no such resource"));
      return;
    }
    Long gen = lease == null ? null : lease.gen();
    Answers.json(request, 200, new Probe(door.anchorId(), sid, gen, door.model().healthy()))
        .onComplete(written -> client.requestEnded(false));
  }

  private static void await(Future<?> future) {
    try {
      future.await(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the guard did not start or stop in time", e);
    }
  }

  /**
   * What a gate learns.
   *
   * @param gen generation of the session's live lease; absent when there is none
   */
  private record Probe(String anchorId, String sid, @Nullable Long gen, boolean healthy) {}
}

package io.aipaging.aipf.lease.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks a server for a sign of life before a connection is opened. The database client closes a
 * connection only together with its server: one to a server that stands still would be kept for
 * good, and so is not made.
 */
final class Knock {
  /** A request for TLS; a server that lives answers it with one byte, whatever it wants. */
  private static final Buffer REQUEST = Buffer.buffer().appendInt(8).appendInt(80_877_103);

  private final NetClient client;

  Knock(Vertx vertx, Duration timeout) {
    int ms = Math.toIntExact(timeout.toMillis());
    client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(ms));
  }

  /** Succeeds when {@code server} answers in time. */
  Future<Void> at(PgConnectOptions server, Duration atMost) {
    return client
        .connect(server.getPort(), server.getHost())
        .compose(
            socket ->
                answer(socket)
                    .timeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
                    .onComplete(done -> socket.close()));
  }

  private static Future<Void> answer(NetSocket socket) {
    Promise<Void> answered = Promise.promise();
    socket.handler(bytes -> answered.tryComplete());
    socket.closeHandler(closed -> answered.tryFail("closed without an answer"));
    return socket.write(REQUEST).compose(written -> answered.future());
  }
}

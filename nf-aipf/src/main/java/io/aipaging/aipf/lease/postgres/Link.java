package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.StoreUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connection. Questions may be asked side by side: they are answered in turn, without waiting
 * for each other's round trip.
 */
final class Link {
  private final ConnectionFactory<PgConnectOptions> client;
  private final PgConnection connection;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile Runnable whenGone = () -> {};

  private Link(ConnectionFactory<PgConnectOptions> client, PgConnection connection) {
    this.client = client;
    this.connection = connection;
    var _ = connection.closeHandler(closed -> gone());
    var _ = connection.exceptionHandler(failure -> open.set(false));
    var _ = connection.noticeHandler(notice -> warned.set(true));
  }

  /** Opens a connection with a client of its own, which is closed with it. */
  static Future<Link> connect(Vertx vertx, PgConnectOptions server, Duration atMost) {
    int ms = Math.toIntExact(atMost.toMillis());
    NetClientOptions transport =
        new NetClientOptions()
            .setConnectTimeout(ms)
            .setTcpKeepAlive(true)
            .setTcpNoDelay(true)
            .setTcpUserTimeout(2 * ms);
    ConnectionFactory<PgConnectOptions> client =
        PgDriver.INSTANCE.createConnectionFactory(vertx, transport);
    return client
        .connect(vertx.getOrCreateContext(), server)
        .timeout(ms, TimeUnit.MILLISECONDS)
        .map(connection -> new Link(client, PgConnection.cast(connection)))
        .onFailure(failure -> client.close((closed, ignored) -> {}));
  }

  private void gone() {
    open.set(false);
    whenGone.run();
  }

  /** Runs {@code then} when the connection is lost or closed; it must return at once. */
  void whenGone(Runnable then) {
    whenGone = then;
    if (!open()) {
      then.run();
    }
  }

  /** Asks and waits for the answer; afterwards the link is closed if there was none. */
  RowSet<Row> ask(String sql, Tuple arguments, Duration atMost) {
    return await(connection.preparedQuery(sql).execute(arguments), atMost);
  }

  /** As {@link #ask}, without waiting. */
  Future<RowSet<Row>> asked(String sql) {
    return connection.preparedQuery(sql).execute();
  }

  /** As {@link #ask} for several statements in a text of our own, without arguments. */
  void run(String script, Duration atMost) {
    var _ = await(connection.query(script).execute(), atMost);
  }

  private <T> T await(Future<T> answer, Duration atMost) {
    try {
      return answer.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close();
      throw new StoreUnavailable("the database did not answer within " + atMost, e);
    } catch (Throwable e) {
      RuntimeException failure = Failures.of(e);
      if (failure instanceof StoreUnavailable) {
        close();
      }
      throw failure;
    }
  }

  /** Whether it was not closed as far as is known. */
  boolean open() {
    return open.get();
  }

  /** Whether the server warned of anything since this was last asked. */
  boolean warned() {
    return warned.getAndSet(false);
  }

  /** The connection itself, for notifications. */
  PgConnection connection() {
    return connection;
  }

  void close() {
    gone();
    client.close((closed, ignored) -> {});
  }
}

package io.aipaging.aipf.lease.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.keys.KeyLedger;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.postgres.PostgresServer;
import io.aipaging.protocol.SigningKeys;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Opens storages for a test and closes them after it. */
final class Storages implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(2);
  static final PostgresStorage.Bounds BOUNDS =
      new PostgresStorage.Bounds(TIMEOUT, 1_000, Duration.ofDays(1));
  private static final Duration AWAITED = Duration.ofSeconds(30);
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final Deque<PostgresStorage> opened = new ArrayDeque<>();
  private final Deque<PostgresLeaseStore> mutes = new ArrayDeque<>();

  PostgresStorage open(String uri, String runner) {
    return open(uri, runner, BOUNDS);
  }

  PostgresStorage open(String uri, String runner, PostgresStorage.Bounds bounds) {
    PostgresStorage storage =
        PostgresStorage.open(
            vertx,
            PostgresUri.parse(uri),
            new PostgresStorage.Identity("aipf-set-1", "aipf-" + runner, runner),
            bounds);
    opened.push(storage);
    return storage;
  }

  /** The sessions alone: no replica, and nobody hears of what is appended. */
  PostgresLeaseStore mute(String uri, String runner) {
    Primary primary = new Primary(vertx, PostgresUri.parse(uri), TIMEOUT);
    PostgresLeaseStore store =
        new PostgresLeaseStore(new Lines(primary, TIMEOUT, runner), BOUNDS, appended -> {});
    mutes.push(store);
    return store;
  }

  /** A database at rest. */
  StoreDump dump(String uri) {
    return PostgresStorage.dump(vertx, PostgresUri.parse(uri), "aipf-set-1", () -> {});
  }

  /** A new store in a database, to be filled. */
  StoreFill fill(String uri) {
    return PostgresStorage.fill(vertx, PostgresUri.parse(uri), () -> {});
  }

  /** The Set's keys with those of one replica. */
  static KeyLedger keys(PostgresStorage storage, SigningKeys own, Duration keep) {
    KeyLedger ledger = storage.keys(keep);
    ledger.publish(own.jwks());
    return ledger;
  }

  /** Connections that stores have to {@code server}. */
  static int connections(PostgresServer server, String database) {
    String question =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'aipaging-aipf'";
    return Integer.parseInt(server.sql(database, question));
  }

  /** Several servers of one database, as a client names them. */
  static String uri(String database, PostgresServer... servers) {
    StringBuilder hosts = new StringBuilder();
    for (PostgresServer server : servers) {
      hosts.append(hosts.isEmpty() ? "" : ",");
      hosts.append(PostgresServer.HOST).append(':').append(server.port());
    }
    return "postgresql://"
        + PostgresServer.USER
        + ":"
        + PostgresServer.PASSWORD
        + "@"
        + hosts
        + "/"
        + database;
  }

  /** Waits until something is so; fails when it does not become so. */
  static Duration await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(AWAITED.toNanos());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    opened.forEach(PostgresStorage::close);
    mutes.forEach(PostgresLeaseStore::close);
    var _ = vertx.close();
  }
}

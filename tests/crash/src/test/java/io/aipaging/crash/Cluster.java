package io.aipaging.crash;

import io.aipaging.postgres.PostgresServer;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A PostgreSQL primary with a synchronous standby that takes its place. */
final class Cluster implements AutoCloseable {
  private static final long CUT_OFF_NANOS_MAX = 600_000_000;
  private final String database;
  private PostgresServer primary;
  private PostgresServer standby;

  private Cluster(PostgresServer primary) {
    this.primary = primary;
    this.database = primary.newDatabase();
    this.standby = primary.synchronousStandby();
  }

  static Cluster start() {
    return new Cluster(PostgresServer.start());
  }

  /** Both servers, as an AIPF names them. */
  String uri() {
    String other = PostgresServer.HOST + ":" + standby.port();
    String one = PostgresServer.HOST + ":" + primary.port();
    return primary.uri(database).replace(one, one + "," + other);
  }

  PostgresServer primary() {
    return primary;
  }

  PostgresServer standby() {
    return standby;
  }

  /**
   * Kills the primary a moment after it has lost its standby, and promotes the standby, which has
   * heard nothing of that moment. The new primary has no standby.
   */
  void failOver(Random random) {
    standby.kill();
    LockSupport.parkNanos(random.nextLong(CUT_OFF_NANOS_MAX));
    primary.kill();
    standby.restart();
    standby.promote();
    primary.close();
    primary = standby;
  }

  /** Gives the primary a new standby. */
  void renew() {
    standby = primary.synchronousStandby();
  }

  @Override
  public void close() {
    standby.close();
    primary.close();
  }
}

package io.aipaging.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresServerIT {
  @BeforeEach
  void needsPostgres() {
    PostgresNeeded.orSkip();
  }

  @Test
  void whatWasCommittedSurvivesAKill() {
    try (PostgresServer server = PostgresServer.start()) {
      String database = server.newDatabase();
      server.sql(database, "CREATE TABLE kept AS SELECT 42 AS answer");
      server.kill();
      assertThatThrownBy(() -> server.sql(database, "SELECT 1"))
          .isInstanceOf(IllegalStateException.class);
      server.restart();
      assertThat(server.sql(database, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void aFrozenServerAcceptsAndSaysNothing() throws IOException {
    try (PostgresServer server = PostgresServer.start()) {
      server.freeze();
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(PostgresServer.HOST, server.port()), 2_000);
        socket.setSoTimeout(200);
        socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47});
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
      }
      server.thaw();
      assertThat(server.sql("postgres", "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void settingsAreThoseAskedFor() {
    try (PostgresServer server = PostgresServer.start(Map.of("work_mem", "5MB"))) {
      assertThat(server.sql("postgres", "SHOW work_mem")).isEqualTo("5MB");
      assertThat(server.sql("postgres", "SHOW fsync")).isEqualTo("on");
    }
  }

  @Test
  void aPromotedStandbyHasWhatTheKilledPrimaryCommitted() {
    try (PostgresServer primary = PostgresServer.start();
        PostgresServer standby = primary.synchronousStandby()) {
      String database = primary.newDatabase();
      primary.sql(database, "CREATE TABLE kept AS SELECT 42 AS answer");
      primary.kill();
      assertThat(standby.sql("postgres", "SELECT pg_is_in_recovery()")).isEqualTo("t");
      standby.promote();
      assertThat(standby.sql(database, "SELECT answer FROM kept")).isEqualTo("42");
      standby.sql(database, "INSERT INTO kept VALUES (43)");
    }
  }

  @Test
  void serversRunSideBySide() {
    try (PostgresServer one = PostgresServer.start();
        PostgresServer other = PostgresServer.start()) {
      assertThat(one.port()).isNotEqualTo(other.port());
      one.kill();
      assertThat(other.sql("postgres", "SELECT 1")).isEqualTo("1");
    }
  }
}

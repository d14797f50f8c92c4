package io.aipaging.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away PostgreSQL server on a loopback port, as unreliable as a test wants it. Gone after
 * {@link #close} and with this process.
 */
public final class PostgresServer implements AutoCloseable {
  /** Its only role; owns every database made here. */
  public static final String USER = "aipaging";

  /** Password of {@link #USER}; asked for by SCRAM. */
  public static final String PASSWORD = "lab-only-password";

  /** Where it listens. */
  public static final String HOST = "127.0.0.1";

  private static final String STANDBY = "standby";
  private static final Duration SYNC_TIME = Duration.ofSeconds(30);
  private static final long POLL_NANOS = 20_000_000;
  private static final ReentrantLock MAKING_TEMPLATE = new ReentrantLock();
  private static @Nullable Path template;

  private final Tools tools;
  private final Path folder;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();
  private Postmaster postmaster;

  private PostgresServer(Tools tools, Path folder, int port) {
    this.tools = tools;
    this.folder = folder;
    this.port = port;
    this.postmaster = Postmaster.start(tools, data(), log());
  }

  /** Why no server can be started here; empty when one can. */
  public static Optional<String> unavailable() {
    return Tools.find().obstacle();
  }

  /** A running server with default settings. */
  public static PostgresServer start() {
    return start(Map.of());
  }

  /** A running server with these settings besides the defaults. */
  public static PostgresServer start(Map<String, String> settings) {
    Tools tools = Tools.find().tools().orElseThrow();
    Path folder = tools.newFolder();
    Path data = folder.resolve("data");
    Tools.run(
        tools.asUser("cp", "-a", "--reflink=auto", template(tools).toString(), data.toString()),
        Map.of());
    int port = freePort();
    configure(data, port, settings);
    return new PostgresServer(tools, folder, port);
  }

  /** Made once per process: a copy takes a tenth of the time. */
  private static Path template(Tools tools) {
    MAKING_TEMPLATE.lock();
    try {
      if (template == null) {
        template = newTemplate(tools);
      }
      return template;
    } finally {
      MAKING_TEMPLATE.unlock();
    }
  }

  private static Path newTemplate(Tools tools) {
    Path folder = tools.newFolder();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Tools.delete(folder)));
    try {
      Path password = folder.resolve("password");
      Files.writeString(password, PASSWORD, StandardCharsets.US_ASCII);
      Path data = folder.resolve("data");
      Tools.run(
          tools.command(
              "initdb",
              "--pgdata=" + data,
              "--username=" + USER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--wal-segsize=4",
              "--no-sync"),
          Map.of());
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void configure(Path data, int port, Map<String, String> settings) {
    StringBuilder lines = new StringBuilder();
    lines.append("listen_addresses = '").append(HOST).append("'\n");
    lines.append("unix_socket_directories = ''\nport = ").append(port).append('\n');
    lines.append("shared_buffers = 64MB\nmax_connections = 200\n");
    settings.forEach(
        (name, value) -> lines.append(name).append(" = '").append(value).append("'\n"));
    try {
      Files.writeString(data.resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A second server that holds a copy of everything before this one's commits are answered. This
   * one commits nothing any more when the standby is gone.
   */
  public PostgresServer synchronousStandby() {
    Path other = tools.newFolder();
    Path data = other.resolve("data");
    Tools.run(
        tools.command(
            "pg_basebackup",
            "--pgdata=" + data,
            "--dbname=host="
                + HOST
                + " port="
                + port
                + " user="
                + USER
                + " application_name="
                + STANDBY,
            "--write-recovery-conf",
            "--checkpoint=fast",
            "--no-sync"),
        password());
    int itsPort = freePort();
    configure(data, itsPort, Map.of());
    PostgresServer standby = new PostgresServer(tools, other, itsPort);
    set("synchronous_standby_names", STANDBY);
    awaitSync();
    return standby;
  }

  private void awaitSync() {
    String question = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
    long end = System.nanoTime() + SYNC_TIME.toNanos();
    while (!sql("postgres", question).equals("1")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the standby does not follow");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Makes a standby the primary. */
  public void promote() {
    sql("postgres", "SELECT pg_promote(true, 30)");
  }

  /** Changes a setting of the running server. */
  public void set(String setting, String value) {
    sql("postgres", "ALTER SYSTEM SET " + setting + " = '" + value + "'");
    sql("postgres", "SELECT pg_reload_conf()");
  }

  /** Port on {@link #HOST}. */
  public int port() {
    return port;
  }

  /** How a client names {@code database}, password included. */
  public String uri(String database) {
    return "postgresql://" + USER + ":" + PASSWORD + "@" + HOST + ":" + port + "/" + database;
  }

  /** Makes an empty database and returns its name. */
  public String newDatabase() {
    String name = "lab" + databases.incrementAndGet();
    sql("postgres", "CREATE DATABASE " + name);
    return name;
  }

  /** Runs one statement and returns what it answers, a line per row, columns by {@code |}. */
  public String sql(String database, String statement) {
    return Tools.run(
        tools.command(
            "psql",
            "--no-psqlrc",
            "--no-align",
            "--tuples-only",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--host=" + HOST,
            "--port=" + port,
            "--username=" + USER,
            "--dbname=" + database,
            "--command=" + statement),
        password());
  }

  private static Map<String, String> password() {
    return Map.of("PGPASSWORD", PASSWORD, "PGCONNECT_TIMEOUT", "20");
  }

  /** SIGKILL for all of its processes, as if its machine lost power. */
  public void kill() {
    postmaster.kill();
  }

  /** Ends it in order, without waiting for its clients. */
  public void stop() {
    postmaster.stop();
  }

  /** Starts it again after {@link #kill} or {@link #stop}, on the same port and data. */
  public void restart() {
    if (postmaster.running()) {
      throw new IllegalStateException("it still runs");
    }
    postmaster = Postmaster.start(tools, data(), log());
  }

  /** SIGSTOP: it keeps its connections, accepts more and answers nothing. */
  public void freeze() {
    postmaster.freeze();
  }

  /** Goes on after {@link #freeze}. */
  public void thaw() {
    postmaster.thaw();
  }

  /** What the server wrote about itself. */
  public List<String> logged() {
    try {
      return Files.readAllLines(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("log");
  }

  /** Kills it and removes its files. */
  @Override
  public void close() {
    postmaster.kill();
    Tools.delete(folder);
  }
}

package io.aipaging.cli.session;

import io.aipaging.cli.deploy.Deployment;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.contract.HttpNaipfKeyinfo;
import io.aipaging.sbi.contract.HttpNaipfPaging;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which set to talk to. */
public final class ConnectionOptions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration CONNECT_MAX = Duration.ofMinutes(1);

  @Option(
      names = "--connection",
      paramLabel = "FILE",
      description = "Connection file; default: the one of the running 'aipaging up'.")
  private @Nullable Path file;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  private Duration patience = PATIENCE;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Longest wait for an answer, 1 to 300 (default: ${DEFAULT-VALUE}).")
  void timeout(int seconds) {
    if (command != null && (seconds < 1 || seconds > 300)) {
      throw new ParameterException(command.commandLine(), "--timeout must be 1 to 300");
    }
    patience = Duration.ofSeconds(seconds);
  }

  /** Where {@code up} writes its connection file. */
  public static Path defaultFile() {
    return upFolder().resolve("connection.yaml");
  }

  /** Where {@code up} keeps its certificates, secrets and journals. */
  public static Path upFolder() {
    return stateFolder().resolve("up");
  }

  /** Where the launcher keeps its state. */
  public static Path stateFolder() {
    return Path.of(System.getenv().getOrDefault("AIPAGING_STATE", ".aipaging")).toAbsolutePath();
  }

  /** A call that ends in time. */
  Call call() {
    return Call.within("operator", Instant.now(), patience);
  }

  /** What is done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    /** Talks to the AIPF. */
    T with(NaipfPaging aipf) throws IOException;
  }

  /** Whether a set was named, rather than left to be the default one. */
  public boolean named() {
    return file != null;
  }

  /** The keys the chosen set publishes, JWKS members. */
  public List<Map<String, Object>> keys() throws IOException {
    return connected(
        chosen(),
        patience,
        client -> new HttpNaipfKeyinfo(client).getKeys(call(), new GetKeys()).keys());
  }

  /** Connects to the chosen set, works, disconnects. */
  int run(Work<Integer> work) throws IOException {
    return with(chosen(), patience, work);
  }

  private ConnectionFile chosen() throws NotRunning {
    Path used = file == null ? defaultFile() : file;
    if (!Files.isReadable(used)) {
      throw new NotRunning("no connection file " + used + "; is 'aipaging up' running?");
    }
    return Configuration.load(ConnectionFile.class, used, Map.of(), "AIPAGING_CONNECTION");
  }

  /** Connects to the AIPF as its operator, works, disconnects. */
  public static <T> T with(ConnectionFile connection, Work<T> work) throws IOException {
    return with(connection, PATIENCE, work);
  }

  /**
   * The same with another patience than ten seconds.
   *
   * @param patience longest wait for a connection, a token or an answer; a process that has just
   *     started needs a second or two for its first connection on a busy machine
   */
  private static <T> T with(ConnectionFile connection, Duration patience, Work<T> work)
      throws IOException {
    return connected(connection, patience, client -> work.with(new HttpNaipfPaging(client)));
  }

  @FunctionalInterface
  private interface ClientWork<T> {
    T with(SbiClient client) throws IOException;
  }

  private static <T> T connected(ConnectionFile connection, Duration patience, ClientWork<T> work)
      throws IOException {
    String secret = Files.readString(connection.clientSecretFile()).strip();
    Vertx vertx = SbiVertx.shortLived();
    try (var tokens =
            ClientCredentials.at(
                peer(connection, connection.issuerUri(), patience),
                new ClientCredentials.Credentials(connection.clientId(), secret, Deployment.AIPF),
                patience,
                vertx);
        var client =
            SbiClient.create(
                peer(connection, connection.aipfUri(), patience),
                tokens,
                InstantSource.system(),
                vertx)) {
      return work.with(client);
    } finally {
      SbiVertx.close(vertx, PATIENCE);
    }
  }

  private static ClientConfig peer(ConnectionFile connection, URI uri, Duration patience) {
    Path trust = connection.trustFile();
    ClientConfig peer =
        trust == null
            ? ClientConfig.cleartext(uri)
            : ClientConfig.tls(uri, ClientTlsConfig.trusting(trust));
    Duration connect = patience.compareTo(CONNECT_MAX) < 0 ? patience : CONNECT_MAX;
    return peer.with(connect, patience, peer.retriesMax());
  }
}

package io.aipaging.cli.session;

import io.aipaging.cli.deploy.Deployment;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.contract.HttpNaipfPaging;
import io.aipaging.sbi.oauth.ClientCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which set to talk to. */
public final class ConnectionOptions {
  @Option(
      names = "--connection",
      paramLabel = "FILE",
      description = "Connection file; default: the one of the running 'aipaging up'.")
  private @Nullable Path file;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Longest wait for an answer (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 10;

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
    return Call.within("operator", Instant.now(), Duration.ofSeconds(timeoutSeconds));
  }

  /** What is done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    /** Talks to the AIPF. */
    T with(NaipfPaging aipf) throws IOException;
  }

  /** Connects to the chosen set, works, disconnects. */
  int run(Work<Integer> work) throws IOException {
    Path used = file == null ? defaultFile() : file;
    if (!Files.isReadable(used)) {
      throw new IOException("no connection file " + used + "; is 'aipaging up' running?");
    }
    return with(
        Configuration.load(ConnectionFile.class, used, Map.of(), "AIPAGING_CONNECTION"), work);
  }

  /** Connects to the AIPF as its operator, works, disconnects. */
  public static <T> T with(ConnectionFile connection, Work<T> work) throws IOException {
    String secret = Files.readString(connection.clientSecretFile()).strip();
    try (var tokens =
            ClientCredentials.at(
                peer(connection, connection.issuerUri()),
                new ClientCredentials.Credentials(connection.clientId(), secret, Deployment.AIPF),
                null);
        var client = SbiClient.create(peer(connection, connection.aipfUri()), tokens)) {
      return work.with(new HttpNaipfPaging(client));
    }
  }

  private static ClientConfig peer(ConnectionFile connection, URI uri) {
    Path trust = connection.trustFile();
    return trust == null
        ? ClientConfig.cleartext(uri)
        : ClientConfig.tls(uri, ClientTlsConfig.trusting(trust));
  }
}

package io.aipaging.cli.deploy;

import io.aipaging.certs.DevPki;
import io.aipaging.certs.Subject;
import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.ListenerConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** TLS between a set's functions, with certificates of the development authority. */
final class Transport {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIME = Duration.ofSeconds(10);
  private static final int RETRIES_MAX = 2;

  private final DevPki pki;

  Transport(Path folder) {
    pki = DevPki.in(folder, InstantSource.system());
  }

  /** A TLS listener with a certificate for {@code host}. */
  ListenerConfig listener(String name, String host, int port) {
    return ListenerConfig.tls(host, port, identity(name, host).listener(ClientAuth.NONE));
  }

  /** A patient client of whoever listens there: all functions may have just started at once. */
  ClientConfig client(String host, int port) {
    return ClientConfig.tls(uri(host, port), trust()).with(CONNECT_TIME, REQUEST_TIME, RETRIES_MAX);
  }

  /** What clients trust. */
  ClientTlsConfig trust() {
    return ClientTlsConfig.trusting(trustFile());
  }

  /** The root certificate. */
  Path trustFile() {
    return identity("operator", "127.0.0.1").trustFile();
  }

  URI uri(String host, int port) {
    return URI.create("https://" + host + ":" + port);
  }

  private DevPki.Identity identity(String name, String host) {
    UUID instance = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return pki.identity(new Subject(name, instance, List.of(name), List.of(host)));
  }
}

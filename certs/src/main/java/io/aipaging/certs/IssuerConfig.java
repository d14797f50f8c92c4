package io.aipaging.certs;

import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.Default;
import io.aipaging.sbi.config.ListenerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A development token issuer.
 *
 * @param listener where it listens
 * @param issuer the {@code iss} of its tokens
 * @param keyFile its signing key (PKCS #8 PEM), made when absent
 * @param clients who may have tokens
 * @param tokenLife how long a token is good, 1 s to 24 h
 */
public record IssuerConfig(
    ListenerConfig listener,
    @Default("https://issuer.aipaging.invalid") String issuer,
    Path keyFile,
    List<Client> clients,
    @Default("10m") Duration tokenLife) {
  public IssuerConfig {
    clients = List.copyOf(clients);
    Check.range("token-life", tokenLife, Duration.ofSeconds(1), Duration.ofHours(24));
    Set<String> ids = new HashSet<>();
    for (Client client : clients) {
      if (!ids.add(client.id())) {
        throw new IllegalArgumentException("client " + client.id() + " is listed twice");
      }
    }
  }

  /**
   * Who may have tokens.
   *
   * @param id NF instance id or application function; becomes the token's {@code sub}
   * @param secret at least 16 characters
   * @param scopes services it may be given a token for
   * @param audiences NF types or instances it may be given a token for
   */
  public record Client(String id, String secret, List<String> scopes, List<String> audiences) {
    private static final int SECRET_CHARACTERS_MIN = 16;

    public Client {
      scopes = List.copyOf(scopes);
      audiences = List.copyOf(audiences);
      if (!id.matches("[\\x21-\\x7e]{1,256}")) {
        throw new IllegalArgumentException("a client id has 1 to 256 visible characters");
      }
      if (secret.length() < SECRET_CHARACTERS_MIN) {
        throw new IllegalArgumentException("the secret of " + id + " is too short");
      }
      if (scopes.isEmpty() || audiences.isEmpty()) {
        throw new IllegalArgumentException("client " + id + " needs scopes and audiences");
      }
      for (String scope : scopes) {
        if (!scope.matches("[A-Za-z0-9_:-]{1,128}")) {
          throw new IllegalArgumentException("client " + id + " has a malformed scope");
        }
      }
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Client[" + id + ", " + scopes + ", " + audiences + "]";
    }
  }
}

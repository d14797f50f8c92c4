package io.aipaging.sbi.oauth;

import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.HttpTransport;
import io.aipaging.sbi.transport.TransportFailure;
import io.aipaging.sbi.wire.Bytes;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens by the client credentials grant (RFC 6749 §4.4) from {@code POST /oauth2/token}; see
 * {@link TokenCache}.
 */
public final class ClientCredentials implements TokenSource, AutoCloseable {
  private static final int ANSWER_BYTES_MAX = 32 * 1024;
  private static final Duration FETCH_TIME = Duration.ofSeconds(5);

  private final HttpTransport transport;
  private final Credentials credentials;
  private final Duration fetchTime;
  private final TokenCache tokens = new TokenCache(this::ask, Duration.ZERO);

  private ClientCredentials(HttpTransport transport, Credentials credentials, Duration fetchTime) {
    this.transport = transport;
    this.credentials = credentials;
    this.fetchTime = fetchTime;
  }

  /**
   * Who asks, and for whom.
   *
   * @param clientId client id
   * @param clientSecret its secret
   * @param audience wanted {@code aud}: NF type or NF instance id of the peer
   */
  public record Credentials(String clientId, String clientSecret, String audience) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Credentials[" + clientId + " for " + audience + "]";
    }
  }

  /** Tokens from {@code issuer}; {@code shared} null makes an own Vert.x. */
  public static ClientCredentials at(
      ClientConfig issuer, Credentials credentials, @Nullable Vertx shared) {
    return at(issuer, credentials, FETCH_TIME, shared);
  }

  /**
   * The same for somebody who rather waits than fails.
   *
   * @param fetchTime longest wait for a token, connecting included
   */
  public static ClientCredentials at(
      ClientConfig issuer, Credentials credentials, Duration fetchTime, @Nullable Vertx shared) {
    return new ClientCredentials(
        HttpTransport.open(issuer, ANSWER_BYTES_MAX, shared), credentials, fetchTime);
  }

  @Override
  public String token(String scope) {
    return tokens.token(scope);
  }

  @Override
  public void rejected(String token) {
    tokens.rejected(token);
  }

  @Override
  public void close() {
    transport.close();
  }

  private HttpReply ask(String scope) throws TransportFailure {
    String form =
        "grant_type=client_credentials&scope="
            + encoded(scope)
            + "&audience="
            + encoded(credentials.audience());
    String basic = encoded(credentials.clientId()) + ":" + encoded(credentials.clientSecret());
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Accept",
            "application/json");
    return transport.send(
        new HttpCall("POST", "/oauth2/token", headers, Bytes.utf8(form)), fetchTime);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}

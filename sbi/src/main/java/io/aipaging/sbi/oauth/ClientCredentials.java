package io.aipaging.sbi.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens by the client credentials grant (RFC 6749 §4.4) from {@code POST /oauth2/token}. A
 * token is kept per scope, renewed when four fifths of its life are over, and fetched by one caller
 * at a time.
 */
public final class ClientCredentials implements TokenSource, AutoCloseable {
  private static final int ANSWER_BYTES_MAX = 32 * 1024;
  private static final int SCOPES_MAX = 64;
  private static final Duration FETCH_TIME = Duration.ofSeconds(5);

  private final HttpTransport transport;
  private final Credentials credentials;
  private final Duration fetchTime;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

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
    Slot slot = slots.get(scope);
    if (slot == null) {
      if (slots.size() >= SCOPES_MAX) {
        throw new IllegalStateException("too many scopes");
      }
      slot = slots.computeIfAbsent(scope, s -> new Slot());
    }
    slot.lock.lock();
    try {
      Held held = slot.held;
      if (held == null || System.nanoTime() - held.renewNanos() >= 0) {
        held = fetch(scope);
        slot.held = held;
      }
      return held.token();
    } finally {
      slot.lock.unlock();
    }
  }

  @Override
  public void rejected(String token) {
    for (Slot slot : slots.values()) {
      slot.lock.lock();
      try {
        if (slot.held != null && slot.held.token().equals(token)) {
          slot.held = null;
        }
      } finally {
        slot.lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  private Held fetch(String scope) {
    long askedNanos = System.nanoTime();
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
    try {
      HttpReply reply =
          transport.send(
              new HttpCall("POST", "/oauth2/token", headers, Bytes.utf8(form)), fetchTime);
      return held(reply, askedNanos);
    } catch (TransportFailure e) {
      throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The token issuer cannot be reached.");
    }
  }

  private static Held held(HttpReply reply, long askedNanos) {
    if (reply.status() == 200) {
      try {
        JsonNode answer = Json.tree(reply.body().toArray());
        String token = answer.path("access_token").asText("");
        long seconds = answer.path("expires_in").asLong(0);
        if (token.matches("[\\x21-\\x7e]+")
            && seconds > 0
            && answer.path("token_type").asText("").equalsIgnoreCase("bearer")) {
          return new Held(token, askedNanos + Duration.ofSeconds(seconds).toNanos() / 5 * 4);
        }
      } catch (JsonProcessingException e) {
        // Answered below like an answer without a token.
      }
    }
    throw Refusal.of(502, "INBOUND_SERVER_ERROR", "The token issuer gave no token.");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** One scope's token and who may fetch it. */
  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Held held;
  }

  /**
   * A token in use.
   *
   * @param token compact JWS
   * @param renewNanos monotonic instant from which a new one is fetched
   */
  private record Held(String token, long renewNanos) {}
}

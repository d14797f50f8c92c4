package io.aipaging.sbi.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.TransportFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by scope: kept until four fifths of their life are over, fetched by one caller at a time.
 */
public final class TokenCache implements TokenSource {
  private static final int SCOPES_MAX = 64;

  private final Issuer issuer;
  private final Duration rest;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  /**
   * Nothing kept yet.
   *
   * @param rest time after a failure in which the issuer is not asked again for that scope
   */
  public TokenCache(Issuer issuer, Duration rest) {
    this.issuer = issuer;
    this.rest = rest;
  }

  /** Asks for a token (RFC 6749 §4.4.2). */
  @FunctionalInterface
  public interface Issuer {
    /** The answer, whatever it is, of an issuer asked for {@code scope}. */
    HttpReply ask(String scope) throws TransportFailure;
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
      return slot.fresh(rest, () -> fetch(scope)).token();
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

  private Held fetch(String scope) {
    long askedNanos = System.nanoTime();
    try {
      return held(issuer.ask(scope), askedNanos);
    } catch (TransportFailure e) {
      throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The token issuer cannot be reached.");
    }
  }

  private static Held held(HttpReply reply, long askedNanos) {
    JsonNode answer = reply.json();
    String token = answer.path("access_token").asText("");
    long seconds = answer.path("expires_in").asLong(0);
    if (reply.status() == 200
        && token.matches("[\\x21-\\x7e]+")
        && seconds > 0
        && answer.path("token_type").asText("").equalsIgnoreCase("bearer")) {
      return new Held(token, askedNanos + Duration.ofSeconds(seconds).toNanos() / 5 * 4);
    }
    throw Refusal.of(502, "INBOUND_SERVER_ERROR", "The token issuer gave no token.");
  }

  /** One scope's token and who may fetch it. */
  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Held held;
    private @Nullable Refusal failure;
    private long failedNanos;

    private Held fresh(Duration rest, Supplier<Held> fetch) {
      Held now = held;
      if (now != null && System.nanoTime() - now.renewNanos() < 0) {
        return now;
      }
      Refusal last = failure;
      if (last != null && System.nanoTime() - failedNanos < rest.toNanos()) {
        throw last;
      }
      try {
        now = fetch.get();
        held = now;
        failure = null;
        return now;
      } catch (Refusal e) {
        failure = e;
        failedNanos = System.nanoTime();
        throw e;
      }
    }
  }

  /**
   * A token in use.
   *
   * @param token compact JWS
   * @param renewNanos monotonic instant from which a new one is fetched
   */
  private record Held(String token, long renewNanos) {}
}

package io.aipaging.certs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in by their secret. Secrets are compared in constant time, and after a few wrong
 * ones a client is shut out for a while, whatever it then shows; all unknown clients count as one.
 */
final class ClientGate {
  private static final int FAILURES_MAX = 5;
  private static final Duration SHUT_OUT = Duration.ofSeconds(30);
  private static final String UNKNOWN = "";

  private final Map<String, IssuerConfig.Client> clients = new HashMap<>();
  private final Map<String, Failures> failures = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;

  ClientGate(List<IssuerConfig.Client> clients, InstantSource clock) {
    clients.forEach(client -> this.clients.put(client.id(), client));
    this.clock = clock;
  }

  /** How a client fared. */
  sealed interface Outcome {
    /** It is who it says. */
    record In(IssuerConfig.Client client) implements Outcome {}

    /** It is not. */
    record Out() implements Outcome {}

    /** It has to wait. */
    record Wait(Duration remaining) implements Outcome {}
  }

  Outcome enter(String id, String secret) {
    IssuerConfig.Client client = clients.get(id);
    String counted = client == null ? UNKNOWN : id;
    lock.lock();
    try {
      Duration remaining = shutOutFor(counted);
      if (!remaining.isZero()) {
        return new Outcome.Wait(remaining);
      }
      // An unknown client costs the same time as a known one.
      boolean same = same(secret, client == null ? UNKNOWN : client.secret());
      if (client != null && same) {
        failures.remove(counted);
        return new Outcome.In(client);
      }
      failures.merge(counted, new Failures(1, clock.instant()), Failures::plus);
      return new Outcome.Out();
    } finally {
      lock.unlock();
    }
  }

  private Duration shutOutFor(String counted) {
    @Nullable Failures failed = failures.get(counted);
    if (failed == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), failed.last().plus(SHUT_OUT));
    if (left.isNegative() || left.isZero()) {
      failures.remove(counted);
      return Duration.ZERO;
    }
    return failed.count() >= FAILURES_MAX ? left : Duration.ZERO;
  }

  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(digest(given), digest(expected));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Wrong secrets in a row and when the last one came. */
  private record Failures(int count, Instant last) {
    Failures plus(Failures later) {
      return new Failures(count + later.count, later.last);
    }
  }
}

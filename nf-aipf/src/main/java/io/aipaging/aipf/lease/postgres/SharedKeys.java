package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.keys.KeyRegistry;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.StoreUnusable;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Set's public keys in the database. A replica keeps its own from expiring for as long as it
 * runs, and for as long again as what it signed may live. Its key ids are thumbprints, so that it
 * adds nothing by restarting with the same keys.
 */
final class SharedKeys implements KeyRegistry, AutoCloseable {
  /** A replica that asks sees a key no later than this after it was registered. */
  static final Duration FRESH = Duration.ofMillis(200);

  private static final Duration EXTEND = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(SharedKeys.class);
  private static final String REGISTER = "SELECT register_keys($1, $2, $3, $4) AS there";
  private static final String READ =
      "SELECT kid, jwk FROM signing_key WHERE expires_at > clock_timestamp() ORDER BY kid LIMIT "
          + KEYS_MAX;
  private final Line line;
  private final CommitWatch commits;
  private final List<Map<String, Object>> own;
  private final Duration keep;
  private final ReentrantLock reading = new ReentrantLock();
  private final Thread extending;
  private volatile List<Map<String, Object>> known;
  private volatile long readAt;

  /**
   * Registers a replica's keys, and waits until nobody gives an answer without them.
   *
   * @param own JWKS members
   * @param keep how long they stay after this replica is gone
   * @throws StoreUnusable when the Set has too many keys
   */
  SharedKeys(Lines lines, List<Map<String, Object>> own, Duration keep) {
    this.line = lines.upkeep();
    this.commits = lines.commits();
    this.own = List.copyOf(own);
    this.keep = keep;
    register();
    known = read();
    LockSupport.parkNanos(2 * FRESH.toNanos());
    readAt = System.nanoTime();
    this.extending = Thread.ofVirtual().name("aipf-keys").start(this::extend);
  }

  private void register() {
    commits.require();
    String[] kids = own.stream().map(key -> String.valueOf(key.get("kid"))).toArray(String[]::new);
    String[] jwks = own.stream().map(key -> new JsonObject(key).encode()).toArray(String[]::new);
    Tuple arguments = Tuple.of(kids, jwks, keep.toMillis(), KEYS_MAX);
    int there = line.ask(REGISTER, arguments).iterator().next().getInteger(0);
    if (there > KEYS_MAX) {
      throw new StoreUnusable(
          "the Set would publish "
              + there
              + " keys, but those who verify take "
              + KEYS_MAX
              + ": give replicas the same key files, or wait until keys of former replicas expire");
    }
  }

  private void extend() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(EXTEND.toNanos());
      try {
        register();
      } catch (RuntimeException e) {
        if (!Thread.currentThread().isInterrupted()) { // else it was told to end
          LOG.atWarn().addKeyValue("reason", e.getMessage()).log("keys not extended");
        }
      }
    }
  }

  private List<Map<String, Object>> read() {
    Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
    own.forEach(key -> keys.put(String.valueOf(key.get("kid")), key));
    for (Row row : line.ask(READ, Tuple.tuple())) {
      keys.putIfAbsent(row.getString(0), new JsonObject(row.getString(1)).getMap());
    }
    return keys.values().stream().limit(KEYS_MAX).toList();
  }

  @Override
  public List<Map<String, Object>> published() {
    if (System.nanoTime() - readAt > FRESH.toNanos() && reading.tryLock()) {
      try {
        known = read();
        readAt = System.nanoTime();
      } catch (StoreUnavailable e) {
        LOG.atDebug().addKeyValue("reason", e.getMessage()).log("keys as they were");
      } finally {
        reading.unlock();
      }
    }
    return known;
  }

  @Override
  public void close() {
    extending.interrupt();
  }
}

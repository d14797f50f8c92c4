package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.keys.KeptKeys;
import io.aipaging.aipf.keys.KeyLedger;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.StoreUnusable;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Set's public keys in the database. A replica keeps those it uses from expiring for as long as
 * it runs, and for as long again as what it signed may live. Key ids are thumbprints, so that it
 * adds nothing by restarting with the same keys.
 */
final class SharedKeys implements KeyLedger {
  /** A replica that asks sees a key no later than this after it was published. */
  static final Duration FRESH = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(SharedKeys.class);
  private static final String REGISTER = "SELECT register_keys($1, $2, $3, $4) AS there";
  private static final String WITHDRAW = "DELETE FROM signing_key WHERE kid = ANY($1)";
  private static final String READ =
      "SELECT kid, jwk FROM signing_key WHERE expires_at > clock_timestamp() ORDER BY kid LIMIT "
          + KEYS_MAX;
  private final Line line;
  private final CommitWatch commits;
  private final Duration keep;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile List<Map<String, Object>> own = List.of();
  private volatile List<Map<String, Object>> known;
  private volatile long readAt;

  /**
   * The keys of the Set.
   *
   * @param keep how long they stay after they were published last
   */
  SharedKeys(Lines lines, Duration keep) {
    this.line = lines.upkeep();
    this.commits = lines.commits();
    this.keep = keep;
    this.known = read();
    this.readAt = System.nanoTime();
  }

  /**
   * Registers keys, and waits until nobody gives an answer without them.
   *
   * @throws StoreUnusable when the Set has too many
   */
  @Override
  public void publish(List<Map<String, Object>> members) {
    Set<String> before = kids(read());
    register(members);
    own = List.copyOf(members);
    known = read();
    if (!before.containsAll(kids(members))) {
      LockSupport.parkNanos(2 * FRESH.toNanos());
    }
    readAt = System.nanoTime();
  }

  private void register(List<Map<String, Object>> members) {
    commits.require();
    String[] kids = members.stream().map(SharedKeys::kid).toArray(String[]::new);
    String[] jwks =
        members.stream().map(key -> new JsonObject(key).encode()).toArray(String[]::new);
    Tuple arguments = Tuple.of(kids, jwks, keep.toMillis(), KEYS_MAX);
    int there = line.ask(REGISTER, arguments).iterator().next().getInteger(0);
    if (there > KEYS_MAX) {
      throw new StoreUnusable(KeptKeys.tooMany(there));
    }
  }

  @Override
  public void withdraw(Set<String> kids) {
    if (kids.isEmpty()) {
      return;
    }
    commits.require();
    own = own.stream().filter(key -> !kids.contains(kid(key))).toList();
    var _ = line.ask(WITHDRAW, Tuple.of(kids.toArray(String[]::new)));
    known = read();
  }

  private static String kid(Map<String, Object> member) {
    return String.valueOf(member.get("kid"));
  }

  private static Set<String> kids(List<Map<String, Object>> members) {
    return members.stream().map(SharedKeys::kid).collect(Collectors.toUnmodifiableSet());
  }

  private List<Map<String, Object>> read() {
    Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
    own.forEach(key -> keys.put(kid(key), key));
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
}

package io.aipaging.aipf.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The ledger of a Set of one replica. */
public final class KeptKeys implements KeyLedger {
  private final Duration keep;
  private final InstantSource clock;
  private final Consumer<List<Kept>> saving;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile List<Kept> kept;

  /**
   * A published key.
   *
   * @param member JWKS member
   * @param until when it ends, unless it is published again
   */
  public record Kept(Map<String, Object> member, Instant until) {
    public Kept {
      member = Map.copyOf(member);
    }

    String kid() {
      return String.valueOf(member.get("kid"));
    }
  }

  /**
   * A ledger.
   *
   * @param known what an earlier run saved
   * @param keep how long a key stays after it was published last
   * @param saving keeps what it is given, or throws
   */
  public KeptKeys(
      List<Kept> known, Duration keep, InstantSource clock, Consumer<List<Kept>> saving) {
    this.kept = List.copyOf(known);
    this.keep = keep;
    this.clock = clock;
    this.saving = saving;
  }

  /** A ledger that ends with the process. */
  public static KeptKeys inMemory(Duration keep, InstantSource clock) {
    return new KeptKeys(List.of(), keep, clock, all -> {});
  }

  @Override
  public void publish(List<Map<String, Object>> members) {
    changing.lock();
    try {
      Instant now = clock.instant();
      Map<String, Kept> next = new LinkedHashMap<>();
      for (Kept one : alive(now)) {
        next.put(one.kid(), one);
      }
      for (Map<String, Object> member : members) {
        Kept one = new Kept(member, now.plus(keep));
        next.merge(one.kid(), one, (old, fresh) -> later(old, fresh));
      }
      if (next.size() > KEYS_MAX) {
        throw new IllegalStateException(tooMany(next.size()));
      }
      save(List.copyOf(next.values()));
    } finally {
      changing.unlock();
    }
  }

  /** What to tell when a Set would publish more than who verifies takes. */
  public static String tooMany(int keys) {
    return "the Set would publish "
        + keys
        + " keys, but those who verify take "
        + KEYS_MAX
        + ": give replicas the same key files, or wait until former keys have ended";
  }

  private static Kept later(Kept old, Kept fresh) {
    return old.until().isAfter(fresh.until()) ? old : fresh;
  }

  @Override
  public void withdraw(Set<String> kids) {
    changing.lock();
    try {
      List<Kept> left = new ArrayList<>(kept);
      if (left.removeIf(one -> kids.contains(one.kid()))) {
        save(List.copyOf(left));
      }
    } finally {
      changing.unlock();
    }
  }

  private void save(List<Kept> next) {
    saving.accept(next);
    kept = next;
  }

  private List<Kept> alive(Instant now) {
    return kept.stream().filter(one -> one.until().isAfter(now)).toList();
  }

  @Override
  public List<Map<String, Object>> published() {
    return alive(clock.instant()).stream().map(Kept::member).toList();
  }
}

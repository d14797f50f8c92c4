package io.aipaging.aipf.keys;

import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.TokenSigning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The keys of this replica at work. A key that comes first in the files is published at once and
 * signs when it has been published for long enough; until then the one before goes on. A key that
 * signs no more stays published until all it signed has expired (L2.16), also when its file is
 * gone. A revoked key does neither from the moment it is seen. Thread-safe.
 */
public final class KeyRing implements TokenSigning, KeyRegistry {
  /** JWKS member that says what this replica does with a key. */
  public static final String STATE = "state";

  private static final Duration PUBLISH_AGAIN_MAX = Duration.ofMinutes(1);

  /** What became of a key. */
  public enum Step {
    PUBLISHED,
    SIGNS,
    REVOKED
  }

  /** Told once of each step; must return at once. */
  @FunctionalInterface
  public interface Observer {
    /** {@code kid} made that step. */
    void made(Step step, String kid);
  }

  /**
   * How long things take.
   *
   * @param publishBefore time between publishing a key and signing with it
   * @param margin how much longer than anything it signed a key stays published; a key in use is
   *     published again four times as often
   */
  public record Times(Duration publishBefore, Duration margin) {
    private Duration publishAgain() {
      Duration often = margin.dividedBy(4);
      return often.compareTo(PUBLISH_AGAIN_MAX) < 0 ? often : PUBLISH_AGAIN_MAX;
    }
  }

  private final KeyLedger ledger;
  private final Times times;
  private final LongSupplier nanos;
  private final Observer observer;
  private final ReentrantLock changing = new ReentrantLock();
  private final Set<String> own = ConcurrentHashMap.newKeySet();
  private volatile Hand hand;
  private volatile ListedKeys listed;
  private volatile SigningKeys wanted;
  private long wantedSince; // guarded by changing, as is the next
  private long publishedAt;
  private boolean unpublished;

  private KeyRing(Opening opening, ListedKeys listed, SigningKeys first) {
    this.ledger = opening.ledger();
    this.times = opening.times();
    this.nanos = opening.nanos();
    this.observer = opening.observer();
    this.listed = listed;
    this.wanted = listed.keys().getFirst();
    this.hand = new Hand(first);
    own.add(first.kid());
    listed.keys().forEach(key -> own.add(key.kid()));
    this.wantedSince = nanos.getAsLong();
    this.publishedAt = wantedSince;
  }

  /**
   * What a ring works with.
   *
   * @param ledger what is published
   * @param times how long things take
   * @param nanos monotonic time, ns
   * @param observer told of every step
   */
  public record Opening(KeyLedger ledger, Times times, LongSupplier nanos, Observer observer) {}

  /**
   * Takes up keys where an earlier run, or another replica, left them: a first key that is known
   * already signs at once, else the next that is, until the first has been published long enough.
   * Where nothing is known everything listed is published and the first signs.
   *
   * @throws RuntimeException as {@link KeyLedger} does
   */
  public static KeyRing open(Opening opening, ListedKeys listed) {
    KeyLedger ledger = opening.ledger();
    ledger.withdraw(listed.revoked());
    Set<String> known = new HashSet<>();
    ledger.published().forEach(member -> known.add(String.valueOf(member.get("kid"))));
    known.removeAll(listed.revoked());
    List<SigningKeys> keys = listed.keys();
    SigningKeys first =
        keys.stream().filter(key -> known.contains(key.kid())).findFirst().orElse(keys.getFirst());
    KeyRing ring = new KeyRing(opening, listed, first);
    ledger.publish(known.isEmpty() ? members(keys) : ring.inUse());
    return ring;
  }

  /**
   * Takes what the files say now. A failure leaves everything to be taken again, but for a revoked
   * key, which signs and is published no more.
   *
   * @throws RuntimeException as {@link KeyLedger} does
   */
  public void take(ListedKeys now) {
    changing.lock();
    try {
      Set<String> before = listed.revoked();
      SigningKeys first = now.keys().getFirst();
      boolean fresh = !first.kid().equals(wanted.kid());
      listed = now;
      if (now.revoked().contains(hand.key().kid())) {
        sign(knownOr(first, now));
      }
      if (now.revoked().contains(wanted.kid())) {
        wanted = first;
        unpublished = true;
      }
      now.revoked().stream()
          .filter(kid -> !before.contains(kid))
          .forEach(kid -> observer.made(Step.REVOKED, kid));
      ledger.withdraw(now.revoked());
      now.keys().forEach(key -> own.add(key.kid()));
      own.removeAll(now.revoked());
      if (fresh) {
        ledger.publish(members(List.of(hand.key(), first)));
        wanted = first;
        wantedSince = nanos.getAsLong();
        publishedAt = wantedSince;
        unpublished = false;
        observer.made(Step.PUBLISHED, first.kid());
      }
    } finally {
      changing.unlock();
    }
  }

  /**
   * Lets time pass: to be called every second or so.
   *
   * @throws RuntimeException as {@link KeyLedger} does; the next call tries again
   */
  public void tend() {
    changing.lock();
    try {
      long now = nanos.getAsLong();
      boolean due =
          !wanted.kid().equals(hand.key().kid())
              && now - wantedSince >= times.publishBefore().toNanos();
      if (due || unpublished || now - publishedAt >= times.publishAgain().toNanos()) {
        ledger.publish(inUse()); // the last time for the one that signs no more
        publishedAt = nanos.getAsLong();
        unpublished = false;
      }
      if (due) {
        sign(wanted);
      }
    } finally {
      changing.unlock();
    }
  }

  /** Who verifies knows best what is published already. */
  private SigningKeys knownOr(SigningKeys first, ListedKeys now) {
    Set<String> known = new HashSet<>();
    ledger.published().forEach(member -> known.add(String.valueOf(member.get("kid"))));
    return now.keys().stream().filter(key -> known.contains(key.kid())).findFirst().orElse(first);
  }

  private void sign(SigningKeys key) {
    own.add(key.kid());
    hand = new Hand(key);
    observer.made(Step.SIGNS, key.kid());
  }

  private List<Map<String, Object>> inUse() {
    SigningKeys signing = hand.key();
    return members(
        wanted.kid().equals(signing.kid()) ? List.of(signing) : List.of(signing, wanted));
  }

  private static List<Map<String, Object>> members(List<SigningKeys> keys) {
    Map<String, Map<String, Object>> members = new HashMap<>();
    List<String> order = new ArrayList<>();
    for (SigningKeys key : keys) {
      if (members.put(key.kid(), key.jwks().getFirst()) == null) {
        order.add(key.kid());
      }
    }
    return order.stream().map(members::get).toList();
  }

  /**
   * What this replica uses, whether the ledger can be written or not, and what the ledger holds;
   * with the {@link #STATE} of each key this replica has: published, signing or retiring.
   */
  @Override
  public List<Map<String, Object>> published() {
    Set<String> revoked = listed.revoked();
    Set<String> named = new HashSet<>();
    return Stream.concat(inUse().stream(), ledger.published().stream())
        .filter(member -> named.add(String.valueOf(member.get("kid"))))
        .filter(member -> !revoked.contains(String.valueOf(member.get("kid"))))
        .limit(KEYS_MAX)
        .map(this::withState)
        .toList();
  }

  private Map<String, Object> withState(Map<String, Object> member) {
    String kid = String.valueOf(member.get("kid"));
    if (!own.contains(kid)) {
      return member;
    }
    Map<String, Object> all = new HashMap<>(member);
    String waiting = kid.equals(wanted.kid()) ? "PUBLISHED" : "RETIRING";
    all.put(STATE, kid.equals(hand.key().kid()) ? "SIGNING" : waiting);
    return all;
  }

  @Override
  public Signer forType(String type) {
    return payload -> hand.signer(type).sign(payload);
  }

  /** A key that signs, and its signers, which are costly to make. */
  private record Hand(SigningKeys key, Map<String, Signer> signers) {
    Hand(SigningKeys key) {
      this(key, new ConcurrentHashMap<>());
    }

    Signer signer(String type) {
      return signers.computeIfAbsent(type, key::forType);
    }
  }
}

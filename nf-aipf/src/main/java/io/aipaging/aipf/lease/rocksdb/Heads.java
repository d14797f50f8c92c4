package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.protocol.SessionId;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Heads of rows that were read or written lately: who moves a session has mostly just read it, and
 * reading it back for the comparison of versions cost an eighth of an append. A head here is that
 * of the durable row: who writes settles it before it gives its claim back, and who reads may leave
 * what it read only if nobody has settled this place since before it read. Bounded; a session
 * displaces another in its place. Thread-safe.
 */
final class Heads {
  private static final int PLACES = 8_192;
  private final AtomicReferenceArray<Place> places = new AtomicReferenceArray<>(PLACES);

  Heads() {
    clear();
  }

  /** Compared by identity: two that look alike were settled at different times. */
  private record Place(@Nullable SessionId id, @Nullable Row head) {
    private static Place empty() {
      return new Place(null, null);
    }
  }

  /** How a place was before its session's row was read. */
  static final class Glance {
    private final SessionId id;
    private final Place seen;

    private Glance(SessionId id, Place seen) {
      this.id = id;
      this.seen = seen;
    }
  }

  /** To be called before the row is read. */
  Glance glance(SessionId id) {
    return new Glance(id, places.get(index(id)));
  }

  /** {@code head} is what was read after {@code before}. */
  void read(Glance before, Row head) {
    places.compareAndSet(index(before.id), before.seen, new Place(before.id, head));
  }

  /** The head of the durable row, or null when it has to be read; for who has the claim. */
  @Nullable Row of(SessionId id) {
    Place place = places.get(index(id));
    return id.equals(place.id) ? place.head : null;
  }

  /**
   * {@code durable} is the session's durable row now; null when nobody knows what is. For who has
   * the claim.
   */
  void settle(SessionId id, @Nullable Row durable) {
    places.set(index(id), durable == null ? Place.empty() : new Place(id, durable));
  }

  /** Rows were removed. */
  void clear() {
    for (int index = 0; index < PLACES; index++) {
      places.set(index, Place.empty());
    }
  }

  private static int index(SessionId id) {
    int hash = id.hashCode();
    return (hash ^ hash >>> 16) & PLACES - 1;
  }
}

package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the sessions of the owned shards at an anchor, page by page; the next page is read
 * when every move of the last one is over. One walk per anchor at a time; while none of them moves
 * anything they become rarer. Thread-safe.
 */
final class AnchorWalks {
  private static final int READ_AT_ONCE = 128;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final int DOUBLINGS_MAX = 3;
  private final Leases leases;
  private final Ownership ownership;
  private final Strands strands;
  private final Moves moves;
  private final Map<String, Walk> walking = new ConcurrentHashMap<>();
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();

  AnchorWalks(Leases leases, Ownership ownership, Strands strands, Moves moves) {
    this.leases = leases;
    this.ownership = ownership;
    this.strands = strands;
    this.moves = moves;
  }

  /** What is done with the sessions met. */
  interface Moves {
    /** Whether there is something to do with this one. */
    boolean wanted(Session session, Trigger trigger);

    /**
     * Does it when its turn comes.
     *
     * @param done told afterwards whether the session left
     */
    void add(SessionId id, Trigger trigger, Done done);

    /** What is told. */
    interface Done {
      /** It is over. */
      void left(boolean left);
    }
  }

  /**
   * How often to walk.
   *
   * @param why what the last walk was for
   * @param idle walks in a row that moved nothing
   * @param next when the next one may begin
   */
  private record Pace(Trigger.OfAnchor why, int idle, Instant next) {}

  /** Walks, unless somebody is walking there or it is too early. Returns at once. */
  void walk(Trigger.OfAnchor trigger) {
    Pace pace = paces.get(trigger.anchor());
    boolean early =
        pace != null && pace.why().equals(trigger) && leases.now().isBefore(pace.next());
    Set<Shard> owned = ownership.owned();
    Walk walk = new Walk(trigger, owned);
    if (early || owned.isEmpty() || walking.putIfAbsent(trigger.anchor(), walk) != null) {
      return;
    }
    var _ = strands.start(() -> walk.on(null));
  }

  boolean idle() {
    return walking.isEmpty();
  }

  private final class Walk {
    private final Trigger.OfAnchor trigger;
    private final SessionQuery query;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean moved = new AtomicBoolean();

    Walk(Trigger.OfAnchor trigger, Set<Shard> owned) {
      this.trigger = trigger;
      this.query = SessionQuery.atAnchor(trigger.anchor()).unfinishedIn(owned);
    }

    /** Reads on until there is something to do, or the end. */
    boolean on(@Nullable String from) {
      String token = from;
      boolean waits = false;
      try {
        do {
          SessionPage page = leases.list(query, READ_AT_ONCE, token);
          token = page.nextToken();
          waits = begin(page.sessions(), token);
        } while (token != null && !waits);
      } finally {
        if (!waits) {
          over();
        }
      }
      return waits;
    }

    private boolean begin(List<Session> sessions, @Nullable String next) {
      List<SessionId> wanted =
          sessions.stream().filter(s -> moves.wanted(s, trigger)).map(Session::id).toList();
      underWay.set(wanted.size());
      wanted.forEach(id -> moves.add(id, trigger, left -> done(left, next)));
      return !wanted.isEmpty();
    }

    private void done(boolean left, @Nullable String next) {
      moved.compareAndSet(false, left);
      if (underWay.decrementAndGet() == 0) {
        if (next == null) {
          over();
        } else {
          var _ = strands.start(() -> on(next));
        }
      }
    }

    private void over() {
      paces.compute(
          trigger.anchor(),
          (anchor, before) -> {
            boolean again = before != null && before.why().equals(trigger) && !moved.get();
            int idle = again ? Math.min(before.idle() + 1, DOUBLINGS_MAX) : 0;
            return new Pace(trigger, idle, leases.now().plus(IDLE.multipliedBy(1L << idle)));
          });
      walking.remove(trigger.anchor(), this);
    }
  }
}

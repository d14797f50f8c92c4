package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.protocol.SessionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds sessions through the index that promises the fewest, and looks at each for the rest of what
 * is wanted.
 */
final class Lists {
  private static final Set<String> FEW = Set.of("PREPARING", "RELOCATING", "ENDING");
  private final Database database;

  Lists(Database database) {
    this.database = database;
  }

  /** A part of an index. */
  private static final class Range {
    private final Family family;
    private final byte[] prefix;
    private final byte @Nullable [] to;
    private final int idAt;

    /**
     * A part.
     *
     * @param prefix what its keys begin with
     * @param to the first key after it, or null for the end
     * @param idAt where in a key the session id begins
     */
    Range(Family family, byte[] prefix, byte @Nullable [] to, int idAt) {
      this.family = family;
      this.prefix = prefix;
      this.to = to;
      this.idAt = idAt;
    }

    static Range below(Family family, String text) {
      byte[] prefix = Keys.prefix(text);
      return new Range(family, prefix, Keys.afterAll(prefix), prefix.length);
    }

    /** What tells a key from the others of the range. */
    byte[] tail(byte[] key) {
      return Arrays.copyOfRange(key, prefix.length, key.length);
    }

    /** The first key after the one with that tail; refuses what is none. */
    byte[] after(byte[] tail) {
      byte[] key = Keys.concat(prefix, tail);
      var _ = Keys.id(key, idAt);
      return Keys.after(key);
    }
  }

  SessionPage list(SessionQuery query, int limit, @Nullable String token) {
    Range range = range(query);
    byte[] from = token == null ? range.prefix : range.after(PageToken.parse(token));
    Found found = new Found(query, range, limit);
    database.scan(range.family, from, range.to, found::visit);
    return found.page();
  }

  private static Range range(SessionQuery query) {
    if (query.ue() != null) {
      return Range.below(Family.BY_UE, query.ue().toString());
    }
    if (query.state() != null && FEW.contains(query.state())) {
      return Range.below(Family.BY_STATE, query.state());
    }
    if (query.anchorId() != null) {
      return Range.below(Family.BY_ANCHOR, query.anchorId());
    }
    if (query.afId() != null) {
      return Range.below(Family.BY_AF, query.afId());
    }
    if (query.endsBefore() != null) {
      byte[] to = Keys.prefix(query.endsBefore().toEpochMilli() + 1);
      return new Range(Family.BY_END, Batch.NOTHING, to, Long.BYTES);
    }
    if (query.aisi() != null) {
      return Range.below(Family.BY_AISI, query.aisi().toString());
    }
    if (query.state() != null) {
      return Range.below(Family.BY_STATE, query.state());
    }
    return new Range(Family.SESSIONS, Batch.NOTHING, null, 0);
  }

  private final class Found {
    private final SessionQuery query;
    private final Range range;
    private final int limit;
    private final List<Session> sessions = new ArrayList<>();
    private byte @Nullable [] last;
    private boolean more;

    Found(SessionQuery query, Range range, int limit) {
      this.query = query;
      this.range = range;
      this.limit = limit;
    }

    boolean visit(byte[] key, byte[] value) {
      Session session = session(key, value);
      if (session == null || !query.matches(session)) {
        return true;
      }
      if (sessions.size() == limit) {
        more = true;
        return false;
      }
      sessions.add(session);
      last = key;
      return true;
    }

    /** The session of an entry; null when it cannot be wanted or has gone meanwhile. */
    private @Nullable Session session(byte[] key, byte[] value) {
      SessionId id = Keys.id(key, range.idAt);
      SessionQuery.Unfinished unfinished = query.unfinished();
      if (unfinished != null && !unfinished.shards().contains(Shard.of(id))) {
        return null;
      }
      byte[] row =
          range.family == Family.SESSIONS ? value : database.get(Family.SESSIONS, Keys.session(id));
      if (row == null || (unfinished != null && Row.head(row).terminal())) {
        return null;
      }
      return Row.session(row);
    }

    SessionPage page() {
      return new SessionPage(
          sessions, more && last != null ? PageToken.of(range.tail(last)) : null);
    }
  }
}

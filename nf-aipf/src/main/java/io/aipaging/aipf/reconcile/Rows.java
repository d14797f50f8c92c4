package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.protocol.SessionId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The rows a comparison is about: of the shards this process owned when it began, or all. */
final class Rows {
  private static final int AT_ONCE = 1_000;
  private final Tools tools;
  private final Set<Shard> owned;
  private final boolean all;

  private Rows(Tools tools, Set<Shard> owned, boolean all) {
    this.tools = tools;
    this.owned = owned;
    this.all = all;
  }

  /** Of the shards this process owns now. */
  static Rows owned(Tools tools) {
    return new Rows(tools, tools.ownership().owned(), false);
  }

  /** Of every shard, for somebody who has asked. */
  static Rows all(Tools tools) {
    return new Rows(tools, Shard.all(), true);
  }

  boolean none() {
    return owned.isEmpty();
  }

  boolean owns(SessionId session) {
    return owned.contains(Shard.of(session));
  }

  /** Whether it is still this process's to look after. */
  boolean ownsStill(SessionId session) {
    return all || tools.ownership().owned().contains(Shard.of(session));
  }

  /** As the store has it at this moment. */
  Optional<Session> fresh(SessionId session) {
    return tools.leases().find(session);
  }

  /** Every session that is not over, by id. */
  void unfinished(Consumer<Session> each) {
    all(SessionQuery.unfinished(owned), each);
  }

  /** Every session that may have something at {@code peer} and whose row says so. */
  void at(Peer.Enforcer peer, Consumer<Session> each) {
    switch (peer) {
      case Peer.Gate _ -> unfinished(each);
      case Peer.Anchor anchor ->
          all(
              SessionQuery.atAnchor(anchor.id()),
              session -> {
                if (owns(session.id())) {
                  each.accept(session);
                }
              });
    }
  }

  private void all(SessionQuery query, Consumer<Session> each) {
    String token = null;
    do {
      SessionPage page = tools.store().list(query, AT_ONCE, token);
      page.sessions().forEach(each);
      token = page.nextToken();
    } while (token != null);
  }
}

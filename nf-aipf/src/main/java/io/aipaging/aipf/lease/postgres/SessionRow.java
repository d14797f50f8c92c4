package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.protocol.ServiceEndpoint;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as its row: what is asked for, in columns, and all of it, as bytes.
 *
 * @param id session id
 * @param shard its shard
 * @param version its version
 * @param state its state's name
 * @param live anchors of its live leases, newest first
 * @param facts what never changes
 * @param expiresMs its end, epoch milliseconds
 * @param endedMs when it became terminal, epoch milliseconds; null before
 * @param body all of it
 */
record SessionRow(
    String id,
    short shard,
    long version,
    String state,
    List<String> live,
    SessionFacts facts,
    long expiresMs,
    @Nullable Long endedMs,
    Buffer body) {

  static SessionRow of(Session session) {
    SessionState state = session.state();
    return new SessionRow(
        session.id().value(),
        (short) Shard.of(session.id()).number(),
        session.version(),
        state.name(),
        state.live().stream().map(Lease::anchor).map(anchor -> anchor.id()).toList(),
        session.facts(),
        session.expiresAt().toEpochMilli(),
        state instanceof SessionState.Terminal over ? over.endedAt().toEpochMilli() : null,
        Buffer.buffer(SessionCodec.write(session)));
  }

  /** Anchor of its {@code n}-th live lease, or null. */
  @Nullable String anchor(int n) {
    return n < live.size() ? live.get(n) : null;
  }

  String ue() {
    return facts.subscriber().ue().toString();
  }

  String service() {
    ServiceEndpoint service = facts.service().address();
    return service.address().getHostAddress() + " " + service.protocol() + " " + service.port();
  }
}

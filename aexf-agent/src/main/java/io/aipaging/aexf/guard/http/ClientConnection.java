package io.aipaging.aexf.guard.http;

import io.aipaging.aexf.admission.LiveLease;
import io.aipaging.aexf.admission.LiveLeases;
import io.aipaging.aexf.guard.Origin;
import io.aipaging.protocol.SessionId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client connection and the session it was last used for. Everything but {@link #look} happens
 * on the connection's own event loop.
 */
final class ClientConnection {
  private final Vertx vertx;
  private final Context context;
  private final HttpConnection http;
  private final LiveLeases leases;
  private final Duration drainLead;
  private @Nullable Origin origin;
  private volatile @Nullable SessionId session;
  private boolean used;
  private int requests;
  private long closing = -1;

  ClientConnection(Vertx vertx, HttpConnection http, LiveLeases leases, Duration drainLead) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.http = http;
    this.leases = leases;
    this.drainLead = drainLead;
  }

  @Nullable Origin origin() {
    return origin;
  }

  void cameFrom(Origin found) {
    origin = found;
  }

  /** Closes the connection unless a request has arrived within {@code time}. */
  void expectRequestWithin(Duration time) {
    long timer =
        vertx.setTimer(
            time.toMillis(),
            late -> {
              if (!used) {
                Channels.cut(http);
              }
            });
    http.closeHandler(closed -> vertx.cancelTimer(timer));
  }

  void requestBegan() {
    used = true;
    requests++;
  }

  /**
   * The answer to a request has been handed to the network, or never will be.
   *
   * @param saidClose whether its head told the client that the connection closes now
   */
  void requestEnded(boolean saidClose) {
    requests--;
    SessionId served = session;
    if (served != null && requests == 0) {
      LiveLease lease = leases.find(served);
      if (lease == null || saidClose) {
        http.close();
      } else if (lease.draining()) {
        closeBeforeTheEndOf(lease);
      }
    }
  }

  /** Binds the connection to the session its request is admitted under. */
  void servesFor(SessionId admitted) {
    session = admitted;
  }

  @Nullable SessionId session() {
    return session;
  }

  /** Looks at the session again, from any thread. */
  void look() {
    context.runOnContext(now -> review());
  }

  private void review() {
    SessionId served = session;
    LiveLease lease = served == null ? null : leases.find(served);
    if (served != null && lease == null) {
      Channels.cut(http);
    } else if (lease != null && lease.draining() && requests == 0) {
      closeBeforeTheEndOf(lease);
    }
  }

  /**
   * A client that is about to send must not find the door shut for nothing. Until shortly before
   * the drain ends a request on this connection is answered, and its answer says that it closes.
   */
  private void closeBeforeTheEndOf(LiveLease lease) {
    Duration remaining = leases.remaining(lease);
    Duration half = remaining.dividedBy(2);
    Duration wait = half.compareTo(drainLead) < 0 ? half : remaining.minus(drainLead);
    vertx.cancelTimer(closing);
    closing = vertx.setTimer(Math.max(1, wait.toMillis()), over -> closeIfIdle());
  }

  private void closeIfIdle() {
    SessionId served = session;
    if (served != null && requests == 0) {
      LiveLease lease = leases.find(served);
      if (lease == null || lease.draining()) {
        http.close();
      }
    }
  }

  void cut() {
    Channels.cut(http);
  }

  void close() {
    http.close();
  }
}

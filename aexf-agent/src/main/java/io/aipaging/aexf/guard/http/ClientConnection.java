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
  private final Duration drainGrace;
  private @Nullable Origin origin;
  private volatile @Nullable SessionId session;
  private boolean used;
  private int requests;

  ClientConnection(Vertx vertx, HttpConnection http, LiveLeases leases, Duration drainGrace) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.http = http;
    this.leases = leases;
    this.drainGrace = drainGrace;
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

  /** The answer to a request has been handed to the network, or never will be. */
  void requestEnded() {
    requests--;
    closeIfIdle();
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
      // A client that is about to send must not find the door shut for nothing: wait a moment.
      Duration half = leases.remaining(lease).dividedBy(2);
      Duration grace = half.compareTo(drainGrace) < 0 ? half : drainGrace;
      vertx.setTimer(Math.max(1, grace.toMillis()), over -> closeIfIdle());
    }
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

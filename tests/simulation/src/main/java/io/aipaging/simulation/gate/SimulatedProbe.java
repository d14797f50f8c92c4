package io.aipaging.simulation.gate;

import io.aipaging.aexf.admission.AnchorLoad;
import io.aipaging.aexf.admission.LiveLease;
import io.aipaging.aexf.admission.LiveLeases;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.network.Network;
import io.aipaging.smfadapter.steering.AnchorProbe;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks anchors without sockets; what an agent answers is what the real one's guard would. */
final class SimulatedProbe implements AnchorProbe {
  private static final long MILLI = 1_000_000;
  private final Timeline timeline;
  private final Network network;
  private final Node gate;
  private final Map<TransportAddress, Node> anchors;

  SimulatedProbe(
      Timeline timeline, Network network, Node gate, Map<TransportAddress, Node> anchors) {
    this.timeline = timeline;
    this.network = network;
    this.gate = gate;
    this.anchors = anchors;
  }

  /** A connection to an anchor that needs no file descriptor. */
  private static final class Connection extends Socket {
    private final Node anchor;

    Connection(Node anchor) {
      this.anchor = anchor;
    }

    @Override
    public void close() {}
  }

  @Override
  public Socket connect(TransportAddress anchor, Duration timeMax) throws IOException {
    Node node = anchors.get(anchor);
    if (node == null) {
      throw new IOException("no such anchor");
    }
    reach(node, timeMax);
    if (!node.isUp()) {
      throw new IOException("connection refused");
    }
    return new Connection(node);
  }

  @Override
  public Answer ask(Socket connection, SessionId session, Duration timeMax) throws IOException {
    Node node = ((Connection) connection).anchor;
    reach(node, timeMax);
    Life life = node.life();
    if (life == null) {
      throw new IOException("connection reset");
    }
    LiveLeases leases = life.service(LiveLeases.class);
    AnchorLoad load = life.service(AnchorLoad.class);
    if (leases == null || load == null) {
      throw new IOException("connection refused");
    }
    LiveLease lease = leases.find(session);
    return new Answer(node.name(), session.value(), gen(lease), load.healthy());
  }

  private static @Nullable Long gen(@Nullable LiveLease lease) {
    return lease == null ? null : lease.gen();
  }

  /** A frozen or cut-off anchor lets its peer wait. */
  private void reach(Node anchor, Duration timeMax) throws IOException {
    if (!network.passes(gate, anchor) || anchor.isFrozen()) {
      timeline.sleep(timeMax.toNanos());
      throw new SocketTimeoutException("no answer");
    }
    timeline.sleep(MILLI);
  }
}

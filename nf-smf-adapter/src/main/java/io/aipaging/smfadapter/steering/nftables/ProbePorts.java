package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Flow;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens probe connections, each from a local port that the kernel binds to its grant. */
final class ProbePorts {
  /** What one probe may take in all after connecting. */
  private static final Duration CONVERSATION_MAX = Duration.ofSeconds(2);

  private static final int ATTEMPTS_MAX = 3;

  private final NftablesConfig config;
  private final Map<Integer, GrantId> used = new HashMap<>();
  private int next;

  ProbePorts(NftablesConfig config) {
    this.config = config;
    this.next = config.probePorts().first();
  }

  /** Leads connections from a local port over a grant. */
  @FunctionalInterface
  interface Leading {
    /** Leads; {@code before} is what the port led over until now, null when it was not used. */
    void lead(Element port, @Nullable Element before, Duration life) throws IOException;
  }

  Socket connect(Flow flow, Grant grant, Duration timeMax, Leading leading) throws IOException {
    int port = bind(grant.id(), timeMax.plus(CONVERSATION_MAX), leading);
    Socket socket = new Socket();
    try {
      socket.setReuseAddress(true);
      // A reset at close leaves no TIME_WAIT behind that would block the port's next use.
      socket.setSoLinger(true, 0);
      socket.bind(new InetSocketAddress(addressTowards(grant), port));
      socket.connect(
          new InetSocketAddress(flow.service().address(), flow.service().port()),
          Math.toIntExact(timeMax.toMillis()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A port may still be bound by a predecessor of this process; then the next one is tried. */
  private synchronized int bind(GrantId grant, Duration life, Leading leading) throws IOException {
    IOException refused = new IOException("no probe port");
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      int port = next;
      next = port == config.probePorts().last() ? config.probePorts().first() : port + 1;
      try {
        GrantId before = used.get(port);
        leading.lead(element(port, grant), before == null ? null : element(port, before), life);
        used.put(port, grant);
        return port;
      } catch (IOException e) {
        refused = e;
      }
    }
    throw refused;
  }

  private static Element element(int port, GrantId grant) {
    return new Element(
        "probe_sel", Element.port(port), new Element.Value.Bits(Element.mark(grant.value())));
  }

  /** The gate's address on the anchor's link: by it the anchor's agent knows a listed gate. */
  private static InetAddress addressTowards(Grant grant) throws IOException {
    try (DatagramSocket route = new DatagramSocket()) {
      route.connect(new InetSocketAddress(grant.anchor().address(), grant.anchor().port()));
      return route.getLocalAddress();
    }
  }
}

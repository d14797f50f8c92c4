package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the agent of an anchor about a session. */
@FunctionalInterface
public interface AnchorProbe {
  /**
   * Opens a connection straight to an anchor.
   *
   * @param timeMax bound on connecting
   * @throws IOException when nobody answers
   */
  default Socket connect(TransportAddress anchor, Duration timeMax) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(anchor.address(), anchor.port()),
          Math.toIntExact(timeMax.toMillis()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Asks, over a connection that is open.
   *
   * @param timeMax bound on the whole conversation
   * @throws AnchorProbeFailed when what comes is not the answer of an agent
   * @throws IOException when no answer comes in time
   */
  Answer ask(Socket connection, SessionId session, Duration timeMax) throws IOException;

  /**
   * What an agent answers.
   *
   * @param anchorId who it is
   * @param session the session it speaks of
   * @param gen generation of the lease it holds for the session, or null
   * @param healthy whether its model server can work
   */
  record Answer(String anchorId, String session, @Nullable Long gen, boolean healthy) {}
}

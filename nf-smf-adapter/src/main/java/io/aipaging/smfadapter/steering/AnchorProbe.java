package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.SessionId;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the agent of an anchor about a session, over a connection that is already open. */
@FunctionalInterface
public interface AnchorProbe {
  /**
   * Asks.
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

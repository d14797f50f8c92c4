package io.aipaging.aexf.admission;

import io.aipaging.protocol.SessionId;

/** Told when what {@link LiveLeases} says of a session has changed. */
@FunctionalInterface
public interface LeaseWatcher {
  /** Look again; must not block. Calls about one session may arrive late or twice. */
  void changed(SessionId session);
}

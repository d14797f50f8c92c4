package io.aipaging.aexf.admission;

/** What the anchor's model server and guard report of themselves. Does not block. */
public interface AnchorLoad {
  /** Whether the model server answered its last health check. */
  boolean healthy();

  /** Requests being served. */
  int requestsInFlight();
}

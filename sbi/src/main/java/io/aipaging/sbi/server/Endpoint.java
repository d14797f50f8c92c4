package io.aipaging.sbi.server;

/** What stands behind one route. */
interface Endpoint {
  /** How the route shows in inventories, logs and metrics. */
  Route route();

  /** Who may call. */
  RawPolicy policy();

  /** Answers one authenticated request. */
  Answer answer(Received request) throws Exception;
}

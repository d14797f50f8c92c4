package io.aipaging.smfadapter.steering.gateway;

/** Listens on one service address until closed. */
interface Forwarder extends AutoCloseable {
  /** Stops listening and returns when nothing new is taken. */
  @Override
  void close();
}

package io.aipaging.aipf.lease;

import java.util.List;

/**
 * Port to a new store that takes over what another had, as it was: nothing is begun, extended or
 * ended by it. A store that is closed before {@link #done} does not start.
 */
public interface StoreFill extends AutoCloseable {
  /** Takes over some sessions that it does not have yet. */
  void add(List<StoreDump.Part> parts);

  /** Everything is there: makes it durable and a store. */
  void done();

  @Override
  void close();
}

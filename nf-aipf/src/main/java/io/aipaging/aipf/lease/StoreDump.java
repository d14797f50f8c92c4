package io.aipaging.aipf.lease;

import io.aipaging.protocol.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Port to a store at rest, to be checked or copied: nobody writes it meanwhile, and reading it
 * changes nothing. What is damaged is told and left out.
 */
public interface StoreDump extends AutoCloseable {
  /**
   * What a store has of one session.
   *
   * @param id the session
   * @param session its state; null when its row is forgotten and only evidence is left
   * @param forgottenAt when its row was forgotten; null exactly while there is one
   * @param evidence all of its evidence in order, canonical form
   */
  record Part(
      SessionId id,
      @Nullable Session session,
      @Nullable Instant forgottenAt,
      List<String> evidence) {
    public Part {
      evidence = List.copyOf(evidence);
      if ((session == null) != (forgottenAt != null)) {
        throw new IllegalArgumentException("a session has a row or lost it at some time");
      }
    }
  }

  /**
   * Every session, each once.
   *
   * @param each takes what can be read
   * @param faults told of what cannot; names sessions by their ids and nothing else of them
   */
  void parts(Consumer<Part> each, Consumer<String> faults);

  /** Tells what in the driver's own order of things – indices, counters, files – does not agree. */
  void inspect(Consumer<String> faults);

  @Override
  void close();
}

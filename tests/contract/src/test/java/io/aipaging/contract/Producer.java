package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Operation;
import io.aipaging.sbi.server.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running producer of contracts behind one cleartext listener on loopback. */
interface Producer extends AutoCloseable {
  /** Where it listens. */
  int port();

  /** The audience of tokens for it. */
  String audience();

  /** Subject of the tokens it is called with. */
  String consumer();

  /** Members of a request that will succeed, once; makes what the request is about. */
  ObjectNode fresh(Operation<?, ?> operation);

  /** Looks closer at the answer to a fresh request. */
  default void assertGood(Operation<?, ?> operation, JsonNode answer) {}

  /** A well-formed request about something that is not there; null when it is about nothing. */
  @Nullable Unknown unknown(Operation<?, ?> operation);

  /** Whether it can tell what is there from what is not; stand-ins cannot. */
  default boolean knowsWhatIsThere() {
    return true;
  }

  /** Everything that can be read back, except what passes by itself. */
  JsonNode state();

  /** Everything mounted, on all listeners. */
  List<Route> routes();

  @Override
  void close();

  /**
   * A request about something that is not there.
   *
   * @param members of the request
   * @param status expected status
   * @param cause expected cause; empty when the answer is a success
   */
  record Unknown(ObjectNode members, int status, String cause) {}
}

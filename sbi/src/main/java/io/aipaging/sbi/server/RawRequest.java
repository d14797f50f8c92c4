package io.aipaging.sbi.server;

import io.aipaging.sbi.wire.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a raw route.
 *
 * @param consumer subject of the access token; null on a public route
 * @param peer remote IP address literal
 * @param deadline when the peer stops waiting
 * @param pathVariables decoded, by name
 * @param query decoded values by name
 * @param headers values by lower-case name
 * @param body bytes, possibly none
 */
public record RawRequest(
    @Nullable String consumer,
    String peer,
    Instant deadline,
    Map<String, String> pathVariables,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    Bytes body) {
  /** First value of a header; null when absent. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}

package io.aipaging.sbi.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.wire.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP answer.
 *
 * @param status HTTP status
 * @param headers values by lower-case header name
 * @param body bytes, possibly none
 */
public record HttpReply(int status, Map<String, List<String>> headers, Bytes body) {
  /** First value of a header; null when absent. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /** The body as JSON; a missing node when there is none or it is not acceptable JSON. */
  public JsonNode json() {
    if (body.length() == 0) {
      return MissingNode.getInstance();
    }
    try {
      return Json.tree(body.toArray());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}

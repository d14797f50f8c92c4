package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came.
 *
 * @param status HTTP status
 * @param headers values by lower-case name
 * @param body bytes, possibly none
 */
record WireReply(int status, Map<String, List<String>> headers, byte[] body) {
  @Nullable String header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? null : values.getFirst();
  }

  JsonNode json() {
    try {
      return Json.tree(body);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + this, e);
    }
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + new String(body, StandardCharsets.UTF_8);
  }
}

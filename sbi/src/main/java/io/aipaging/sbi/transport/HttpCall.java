package io.aipaging.sbi.transport;

import io.aipaging.sbi.wire.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param target path with query, below the base URI
 * @param headers header values by name
 * @param body bytes to send, or null for none
 */
public record HttpCall(
    String method, String target, Map<String, String> headers, @Nullable Bytes body) {
  public HttpCall {
    headers = Map.copyOf(headers);
  }

  /** The same with more headers. */
  public HttpCall withHeaders(Map<String, String> others) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(others);
    return new HttpCall(method, target, more, body);
  }

  /** The same with one more header. */
  public HttpCall withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpCall(method, target, more, body);
  }
}

package io.aipaging.sbi.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.wire.Bytes;
import io.aipaging.sbi.wire.MediaTypes;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of a raw route.
 *
 * @param status HTTP status
 * @param headers header values by name
 * @param body bytes, possibly none
 */
public record RawReply(int status, Map<String, String> headers, Bytes body) {
  public RawReply {
    headers = Map.copyOf(headers);
  }

  /** An answer without body. */
  public static RawReply empty(int status) {
    return new RawReply(status, Map.of(), Bytes.NONE);
  }

  /** {@code value} as {@code application/json}. */
  public static RawReply json(int status, Object value) {
    try {
      return new RawReply(
          status,
          Map.of("Content-Type", MediaTypes.JSON),
          Bytes.of(Json.MAPPER.writeValueAsBytes(value)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with one more header. */
  public RawReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new RawReply(status, more, body);
  }
}

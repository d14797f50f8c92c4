package io.aipaging.sbi.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Operation;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.wire.Bytes;
import io.aipaging.sbi.wire.MediaTypes;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Spreads a request record over path, query and body. */
final class RequestWriter {
  private static final String ACCEPT = MediaTypes.JSON + ", application/problem+json";

  private RequestWriter() {}

  static HttpCall write(Operation<?, ?> operation, @Nullable Object request) {
    ObjectNode members = Json.MAPPER.valueToTree(request);
    String path = Operation.expand(operation.path(), name -> segment(members, name));
    int variables = operation.pathVariables().size();
    members.remove(operation.pathVariables());
    boolean more = operation.request().getRecordComponents().length > variables;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", ACCEPT);
    if (operation.hasBody() && more) {
      headers.put("Content-Type", MediaTypes.JSON);
      return new HttpCall(operation.method(), path, headers, json(members));
    }
    return new HttpCall(operation.method(), path + query(members), headers, null);
  }

  private static String segment(ObjectNode members, String name) {
    String value = members.path(name).asText("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return encoded(value);
  }

  private static String query(ObjectNode members) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    members
        .properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              for (JsonNode one :
                  value.isArray() ? value : Json.MAPPER.createArrayNode().add(value)) {
                query.add(encoded(member.getKey()) + "=" + encoded(one.asText()));
              }
            });
    return query.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Bytes json(ObjectNode members) {
    try {
      return Bytes.of(Json.MAPPER.writeValueAsBytes(members));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

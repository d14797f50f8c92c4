package io.aipaging.sbi.server;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.schema.OperationSchema;
import io.aipaging.sbi.wire.MediaTypes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Gathers a request record's members from path, query and body, after the schema has accepted each
 * of them.
 */
final class RequestReader<Q> {
  private final Class<Q> type;
  private final OperationSchema schema;
  private final InstantSource clock;

  RequestReader(Class<Q> type, OperationSchema schema, InstantSource clock) {
    this.type = type;
    this.schema = schema;
    this.clock = clock;
  }

  /** All members; what the path says wins over the body. */
  ObjectNode members(Received received) throws Exception {
    ObjectNode parameters = schema.parameters(received.variables(), received.exchange().query());
    ObjectNode members = body(received);
    members.setAll(parameters);
    return members;
  }

  /** The record of {@code members}. */
  Q decode(ObjectNode members) throws JsonProcessingException {
    try {
      return Json.MAPPER.treeToValue(members, type);
    } catch (JsonMappingException e) {
      throw Refusal.of(400, "MANDATORY_IE_INCORRECT", "A member is missing or not acceptable.")
          .with(List.of(new InvalidParam(pointer(e), "missing or not acceptable")));
    }
  }

  private ObjectNode body(Received received) throws Exception {
    Exchange exchange = received.exchange();
    boolean typed = exchange.header("Content-Type") != null;
    if (schema.bodyRequired() || (schema.hasBody() && typed)) {
      exchange.requireMediaType(MediaTypes.JSON);
    }
    Duration left = Duration.between(clock.instant(), received.deadline());
    byte[] body = exchange.body(left);
    if (!schema.hasBody() || (body.length == 0 && !schema.bodyRequired())) {
      return Json.MAPPER.createObjectNode();
    }
    exchange.requireMediaType(MediaTypes.JSON);
    ObjectNode object = object(body);
    schema.body(object);
    return object;
  }

  private static ObjectNode object(byte[] body) {
    try {
      if (Json.tree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Answered below like a document that is no object.
    }
    throw Refusal.of(400, "INVALID_MSG_FORMAT", "The body is not an acceptable JSON object.");
  }

  private static String pointer(JsonMappingException e) {
    JsonPointer pointer = JsonPointer.empty();
    for (JsonMappingException.Reference step : e.getPath()) {
      pointer =
          step.getFieldName() == null
              ? pointer.appendIndex(Math.max(0, step.getIndex()))
              : pointer.appendProperty(step.getFieldName());
    }
    return pointer.toString();
  }
}

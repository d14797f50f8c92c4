package io.aipaging.sbi.server;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.wire.Bytes;
import io.aipaging.sbi.wire.MediaTypes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stands behind one operation of a contract: parse and validate, one handler, render. */
final class OperationEndpoint<Q, R> implements Endpoint {
  private final Operation<Q, R> operation;
  private final OperationHandler<Q, R> handler;
  private final InstantSource clock;

  OperationEndpoint(
      Operation<Q, R> operation, OperationHandler<Q, R> handler, InstantSource clock) {
    this.operation = operation;
    this.handler = handler;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return new Route(
        operation.method(), operation.path(), operation.operationId(), "scope " + operation.api());
  }

  @Override
  public RawPolicy policy() {
    return new RawPolicy.Authenticated(operation.api());
  }

  @Override
  public Answer answer(Received received) throws Exception {
    ObjectNode members = Json.MAPPER.createObjectNode();
    received.exchange().query().forEach((name, values) -> members.put(name, values.getFirst()));
    if (operation.hasBody()) {
      members.setAll(body(received));
    }
    received.variables().forEach(members::put);
    Call call =
        new Call(
            received.authenticatedConsumer(),
            received.deadline(),
            received.headers().idempotencyKey());
    return render(members, handler.handle(call, decode(members)));
  }

  private ObjectNode body(Received received) throws Exception {
    Duration left = Duration.between(clock.instant(), received.deadline());
    received.exchange().requireMediaType(MediaTypes.JSON);
    try {
      if (Json.tree(received.exchange().body(left)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Answered below like a body that is no object.
    }
    throw Refusal.of(400, "INVALID_MSG_FORMAT", "The body is not an acceptable JSON object.");
  }

  private Q decode(ObjectNode members) throws JsonProcessingException {
    try {
      return Json.MAPPER.treeToValue(members, operation.request());
    } catch (JsonMappingException e) {
      throw Refusal.of(400, "MANDATORY_IE_INCORRECT", "A member is missing or not acceptable.")
          .with(List.of(new InvalidParam(pointer(e), "missing or not acceptable")));
    }
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

  private Answer render(ObjectNode members, R response) throws JsonProcessingException {
    if (operation.successStatus() == 204) {
      return new Answer(204, Map.of(), Bytes.NONE, "");
    }
    JsonNode tree = Json.MAPPER.valueToTree(response);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", MediaTypes.JSON);
    String location = operation.location();
    if (location != null) {
      headers.put("Location", Operation.expand(location, name -> segment(name, tree, members)));
    }
    return new Answer(
        operation.successStatus(), headers, Bytes.of(Json.MAPPER.writeValueAsBytes(tree)), "");
  }

  private static String segment(String name, JsonNode response, JsonNode request) {
    List<String> values = new ArrayList<>();
    values.add(response.path(name).asText(""));
    values.add(request.path(name).asText(""));
    for (String value : values) {
      if (!value.isEmpty()) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
      }
    }
    throw new IllegalStateException("nothing to fill {" + name + "} of the location with");
  }
}

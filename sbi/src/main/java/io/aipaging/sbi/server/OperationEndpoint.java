package io.aipaging.sbi.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.wire.Bytes;
import io.aipaging.sbi.wire.MediaTypes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stands behind one operation of a contract: parse and validate, one handler, render. */
final class OperationEndpoint<Q, R> implements Endpoint {
  private final Operation<Q, R> operation;
  private final RequestReader<Q> reader;
  private final OperationHandler<Q, R> handler;
  private final Idempotency<Answer> idempotency;
  private final InstantSource clock;

  OperationEndpoint(
      Operation<Q, R> operation,
      RequestReader<Q> reader,
      OperationHandler<Q, R> handler,
      Idempotency<Answer> idempotency,
      InstantSource clock) {
    this.operation = operation;
    this.reader = reader;
    this.handler = handler;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return new Route(
        operation.method(),
        operation.path(),
        operation.operationId(),
        "scope " + operation.scope());
  }

  @Override
  public RawPolicy policy() {
    return new RawPolicy.Authenticated(operation.scope());
  }

  @Override
  public Answer answer(Received received) throws Exception {
    ObjectNode members = reader.members(received);
    Q request = reader.decode(members);
    String key = received.headers().idempotencyKey();
    Call call =
        new Call(
            received.authenticatedConsumer(),
            received.deadline(),
            key,
            received.headers().senderTimestamp());
    if (key == null || operation.safeToRepeat() || !operation.hasBody()) {
      return render(members, handler.handle(call, request));
    }
    return idempotency.once(
        new Idempotency.Request(
            call.consumer(), operation.operationId(), key, fingerprint(members)),
        Duration.between(clock.instant(), received.deadline()),
        () -> refusalsAsAnswers(call, request, members));
  }

  /** So that a refusal, too, is what a repeat gets. */
  private Answer refusalsAsAnswers(Call call, Q request, ObjectNode members) throws Exception {
    try {
      return render(members, handler.handle(call, request));
    } catch (Refusal e) {
      return Answer.of(e);
    }
  }

  private static Bytes fingerprint(ObjectNode members) throws JsonProcessingException {
    byte[] sorted =
        Json.MAPPER
            .writer()
            .with(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .writeValueAsBytes(members);
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(sorted));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
    String value = response.path(name).asText(request.path(name).asText(""));
    if (value.isEmpty()) {
      throw new IllegalStateException("nothing to fill {" + name + "} of the location with");
    }
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

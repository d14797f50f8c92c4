package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls one producer with tokens it believes, and with worse. */
final class Caller implements AutoCloseable {
  private static final String REQUEST_INFO = "3gpp-Sbi-Request-Info";

  private final Wire wire = new Wire();
  private final TestIssuer issuer;
  private final Producer producer;
  private int turn;

  Caller(TestIssuer issuer, Producer producer) {
    this.issuer = issuer;
    this.producer = producer;
  }

  /** Takes both versions of HTTP in turn, but only one client sends what is no URI. */
  WireReply send(WireRequest request) {
    boolean uri = !request.target().contains("%zz");
    boolean odd = turn++ % 2 == 1;
    return wire.send(
        uri && odd ? Wire.Version.HTTP_1_1 : Wire.Version.H2C, producer.port(), request);
  }

  WireRequest authorized(Operation<?, ?> operation, JsonNode members) {
    return WireRequest.of(operation, members)
        .with("Authorization", "Bearer " + issuer.sign(claims(operation)))
        .with("3gpp-Sbi-Sender-Timestamp", Deadlines.timestamp(Instant.now()));
  }

  /** The same with an idempotency key of its own. */
  WireRequest keyed(Operation<?, ?> operation, JsonNode members) {
    String key = "idempotency-key=key-" + turn++ + "-" + operation.operationId();
    return authorized(operation, members).with(REQUEST_INFO, key);
  }

  /** Another request with the key of {@code first}. */
  WireRequest keyedLike(WireRequest first, Operation<?, ?> operation, JsonNode members) {
    return authorized(operation, members).with(REQUEST_INFO, first.headers().get(REQUEST_INFO));
  }

  /** Everything that is to be refused, from the members of a request that is not. */
  List<BadRequest> bad(Operation<?, ?> operation, ObjectNode members) {
    WireRequest valid = authorized(operation, members);
    ApiFile file = ApiFile.of(operation.api());
    List<BadRequest> bad = new ArrayList<>(BadTokens.of(issuer, claims(operation), valid));
    bad.addAll(Deadlines.bad(valid));
    bad.addAll(BadParameters.of(file, operation, members, valid));
    JsonNode schema = file.bodySchema(operation);
    if (!schema.isMissingNode()) {
      ObjectNode body = members.deepCopy();
      body.remove(operation.pathVariables());
      bad.addAll(BadBodies.of(valid, body, file.bodyRequired(operation)));
      for (BadMembers.Bad b : BadMembers.of(file, schema, body)) {
        WireRequest request = valid.withBody(b.body().toString());
        bad.add(new BadRequest(b.requirement(), b.name(), request, 400, b.causes(), b.param()));
      }
    }
    return bad;
  }

  private Map<String, Object> claims(Operation<?, ?> operation) {
    return issuer.claims(producer.consumer(), producer.audience(), operation.scope());
  }

  @Override
  public void close() {
    wire.close();
  }
}

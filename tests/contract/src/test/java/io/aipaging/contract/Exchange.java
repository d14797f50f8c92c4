package io.aipaging.contract;

import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An example request with an example answer.
 *
 * @param request example request
 * @param response example answer of the same operation
 */
record Exchange(Example request, Example response) {
  /** Every request of an operation with every answer. */
  static List<Exchange> all(Contract contract, Operation<?, ?> operation) {
    List<Exchange> exchanges = new ArrayList<>();
    for (Example request : Example.requests(contract, operation)) {
      for (Example response : Example.responses(contract, operation)) {
        exchanges.add(new Exchange(request, response));
      }
    }
    return exchanges;
  }

  Operation<?, ?> operation() {
    return request.operation();
  }

  /** An idempotency key of its own. */
  String key(Object variant) {
    return (request.file() + "/" + response.file() + "/" + variant).replace(" ", "-");
  }

  /** Path of the created resource; null when nothing is created. */
  @Nullable String location() {
    String location = operation().location();
    if (location == null) {
      return null;
    }
    for (Example side : List.of(response, request)) {
      for (var member : side.json().properties()) {
        location =
            location.replace(
                "{" + member.getKey() + "}", WireRequest.encoded(member.getValue().asText()));
      }
    }
    return location;
  }

  @Override
  public String toString() {
    return request + " -> " + response.file();
  }
}

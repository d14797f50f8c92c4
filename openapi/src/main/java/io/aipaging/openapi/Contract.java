package io.aipaging.openapi;

import java.util.List;

/**
 * A contract: one OpenAPI file and its operations.
 *
 * @param api service name, such as {@code naipf-paging}; the file is {@code <api>.yaml}
 * @param operations all operations, in the order of the file
 */
public record Contract(String api, List<Operation<?, ?>> operations) {
  public Contract {
    operations = List.copyOf(operations);
    for (Operation<?, ?> operation : operations) {
      if (!operation.api().equals(api)) {
        throw new IllegalArgumentException(operation.operationId() + " is not of " + api);
      }
    }
  }

  /** Class path name of the OpenAPI file. */
  public String resource() {
    return "openapi/" + api + ".yaml";
  }
}

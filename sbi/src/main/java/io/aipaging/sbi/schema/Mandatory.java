package io.aipaging.sbi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import io.aipaging.sbi.schema.ContractSchemas.Place;

/** Tells whether the member a validation message is about is mandatory where it stands. */
final class Mandatory {
  private final ContractSchemas schemas;
  private final Place root;
  private final int rootSteps;

  Mandatory(ContractSchemas schemas, Place root) {
    this.schemas = schemas;
    this.root = root;
    this.rootSteps = (int) root.pointer().chars().filter(c -> c == '/').count();
  }

  /**
   * Walks the keywords that led to the failure, through references.
   *
   * @param evaluationPath from the root of the file in which the walk starts
   */
  boolean failedAt(JsonNodePath evaluationPath) {
    Place at = schemas.resolved(root);
    boolean mandatory = true;
    for (int i = rootSteps; i < evaluationPath.getNameCount(); i++) {
      String step = evaluationPath.getName(i);
      if (step.equals("$ref")) {
        at = schemas.resolved(at);
        continue;
      }
      if (step.equals("properties") && i + 1 < evaluationPath.getNameCount()) {
        String name = evaluationPath.getName(++i);
        mandatory = requires(schemas.node(schemas.resolved(at)), name);
        at = schemas.resolved(at).child("properties/" + ContractSchemas.escaped(name));
        continue;
      }
      at = schemas.resolved(at).child(ContractSchemas.escaped(step));
    }
    return mandatory;
  }

  private static boolean requires(JsonNode schema, String name) {
    for (JsonNode required : schema.path("required")) {
      if (required.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }
}

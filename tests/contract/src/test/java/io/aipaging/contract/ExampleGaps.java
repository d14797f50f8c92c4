package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Operation;
import io.aipaging.sbi.Json;
import java.util.ArrayList;
import java.util.List;

/** What the schema of a request body has and no example shows. */
final class ExampleGaps {
  private final ApiFile file;
  private final List<String> found = new ArrayList<>();

  private ExampleGaps(ApiFile file) {
    this.file = file;
  }

  /** Pointers of the objects and arrays that are in none of {@code examples}. */
  static List<String> objects(ApiFile file, Operation<?, ?> operation, List<Example> examples) {
    ObjectNode all = Json.MAPPER.createObjectNode();
    examples.forEach(example -> Members.merge(all, example.json()));
    ExampleGaps gaps = new ExampleGaps(file);
    gaps.look(operation.operationId(), file.bodySchema(operation), all);
    return gaps.found;
  }

  private void look(String at, JsonNode reference, JsonNode value) {
    file.resolved(reference)
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String type = file.resolved(property.getValue()).path("type").asText();
              JsonNode member = value.path(property.getKey());
              String pointer = at + "/" + property.getKey();
              if (type.equals("array") && member.isEmpty()
                  || type.equals("object") && member.isMissingNode()) {
                found.add(pointer);
              }
              look(pointer, property.getValue(), member);
            });
  }
}

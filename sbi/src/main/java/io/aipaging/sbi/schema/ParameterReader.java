package io.aipaging.sbi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON of a parameter's text, as its schema's type says. Text that does not fit the type
 * stays text, which the schema then refuses.
 *
 * @param type OpenAPI type; empty when the schema names none
 * @param items reader of an array's items, which come as repeated parameters; null when it is none
 */
record ParameterReader(String type, @Nullable ParameterReader items) {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");

  static ParameterReader of(JsonNode schema, ContractSchemas schemas, ContractSchemas.Place at) {
    String type = schema.path("type").asText("");
    ParameterReader items = null;
    if (type.equals("array")) {
      ContractSchemas.Place place = schemas.resolved(at.child("items"));
      items = of(schemas.node(place), schemas, place);
    }
    return new ParameterReader(type, items);
  }

  /** Reads all values of one parameter; null when there are too many. */
  @Nullable JsonNode read(List<String> values) {
    if (items != null) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      values.forEach(value -> array.add(items.scalar(value)));
      return array;
    }
    return values.size() == 1 ? scalar(values.getFirst()) : null;
  }

  private JsonNode scalar(String text) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (type.equals("integer") && INTEGER.matcher(text).matches()) {
      return nodes.numberNode(Long.parseLong(text));
    }
    if (type.equals("number") && NUMBER.matcher(text).matches()) {
      return nodes.numberNode(Double.parseDouble(text));
    }
    if (type.equals("boolean") && (text.equals("true") || text.equals("false"))) {
      return nodes.booleanNode(text.equals("true"));
    }
    return nodes.textNode(text);
  }
}

package io.aipaging.sbi.schema;

import com.networknt.schema.JsonSchema;

/**
 * A path or query parameter of an operation.
 *
 * @param name its name
 * @param inPath whether it travels in the path, else in the query
 * @param required whether a request must have it
 * @param reader makes JSON of its text
 * @param schema what it must fulfil
 */
record Parameter(
    String name, boolean inPath, boolean required, ParameterReader reader, JsonSchema schema) {
  /** As {@code invalidParams} names it (TS 29.571 §5.2.4.2). */
  String displayed() {
    return inPath ? "{" + name + "}" : "query " + name;
  }
}

package io.aipaging.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Typed reading of a claims object; every method throws {@link IllegalArgumentException}. */
record Claims(ObjectNode node) {
  private static final long EPOCH_SECONDS_MAX = 253_402_300_799L; // year 9999

  static Claims parse(String json) {
    return new Claims(StrictJson.object(json));
  }

  static Claims parse(byte[] json) {
    return new Claims(StrictJson.object(json));
  }

  String text(String name) {
    JsonNode value = node.get(name);
    Checks.that(value != null && value.isTextual(), name + " must be a string");
    return value.textValue();
  }

  @Nullable String textOrNull(String name) {
    return node.has(name) ? text(name) : null;
  }

  long number(String name) {
    JsonNode value = node.get(name);
    Checks.that(
        value != null && value.isIntegralNumber() && value.canConvertToLong(),
        name + " must be an integer");
    return value.longValue();
  }

  int integer(String name) {
    long value = number(name);
    Checks.that(value == (int) value, name + " is out of range");
    return (int) value;
  }

  @Nullable Integer integerOrNull(String name) {
    return node.has(name) ? integer(name) : null;
  }

  Instant seconds(String name) {
    long value = number(name);
    Checks.that(value >= 0 && value <= EPOCH_SECONDS_MAX, name + " is out of range");
    return Instant.ofEpochSecond(value);
  }

  Instant millis(String name) {
    long value = number(name);
    Checks.that(value >= 0 && value <= EPOCH_SECONDS_MAX * 1000 + 999, name + " is out of range");
    return Instant.ofEpochMilli(value);
  }

  Claims object(String name) {
    if (node.get(name) instanceof ObjectNode object) {
      return new Claims(object);
    }
    throw new IllegalArgumentException(name + " must be an object");
  }

  List<String> texts(String name) {
    JsonNode value = node.get(name);
    Checks.that(value != null && value.isArray(), name + " must be an array");
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      Checks.that(element.isTextual(), name + " must be an array of strings");
      texts.add(element.textValue());
    }
    return texts;
  }
}

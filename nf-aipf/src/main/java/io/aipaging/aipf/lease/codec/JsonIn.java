package io.aipaging.aipf.lease.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values; every method begins at the value's first token and ends at its last. */
final class JsonIn {
  /** Times of the years 2001 to 2286 have so many digits before the point, and six after it. */
  private static final int USUAL_MILLIS_DIGITS = 13;

  private static final int USUAL_TIME_CHARACTERS = USUAL_MILLIS_DIGITS + 7;
  private final JsonParser parser;

  JsonIn(JsonParser parser) {
    this.parser = parser;
  }

  /** Takes the members of one object; {@link #skip}s those it does not know. */
  interface Members {
    void read(String name, JsonIn in) throws IOException;
  }

  /** Reads one element of an array. */
  interface Element<T> {
    T read(JsonIn in) throws IOException;
  }

  /** Reads the only value there is. */
  void document(Members members) throws IOException {
    parser.nextToken();
    object(members);
    if (parser.nextToken() != null) {
      throw new SessionUnreadable("something follows a session");
    }
  }

  void object(Members members) throws IOException {
    require(JsonToken.START_OBJECT, "an object");
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      members.read(name, this);
    }
  }

  <T> List<T> list(Element<T> element) throws IOException {
    require(JsonToken.START_ARRAY, "an array");
    List<T> values = new ArrayList<>(2);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(element.read(this));
    }
    return List.copyOf(values);
  }

  List<String> texts() throws IOException {
    return list(JsonIn::text);
  }

  String text() throws IOException {
    require(JsonToken.VALUE_STRING, "a string");
    return parser.getText();
  }

  long number() throws IOException {
    require(JsonToken.VALUE_NUMBER_INT, "an integer");
    return parser.getLongValue();
  }

  int integer() throws IOException {
    require(JsonToken.VALUE_NUMBER_INT, "an integer");
    return parser.getIntValue();
  }

  double decimal() throws IOException {
    return parser.getDoubleValue();
  }

  /** See {@link JsonOut#instant}. */
  Instant instant() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return Instant.ofEpochMilli(parser.getLongValue());
    }
    require(JsonToken.VALUE_NUMBER_FLOAT, "a time");
    String text = parser.getText();
    return USUAL_TIME_CHARACTERS == text.length() && text.charAt(USUAL_MILLIS_DIGITS) == '.'
        ? Instant.ofEpochMilli(Long.parseLong(text, 0, USUAL_MILLIS_DIGITS, 10))
            .plusNanos(Long.parseLong(text, USUAL_MILLIS_DIGITS + 1, USUAL_TIME_CHARACTERS, 10))
        : exactly(parser.getDecimalValue());
  }

  private static Instant exactly(BigDecimal value) {
    BigDecimal[] millis = value.divideAndRemainder(BigDecimal.ONE);
    return Instant.ofEpochMilli(millis[0].longValueExact())
        .plusNanos(millis[1].movePointRight(6).longValueExact());
  }

  <E extends Enum<E>> E word(Class<E> type) throws IOException {
    String text = text();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw new SessionUnreadable(
        "a session has a " + type.getSimpleName() + " this program does not know");
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  /** A member every reader needs. */
  static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new SessionUnreadable("a session lacks " + name);
    }
    return value;
  }

  private void require(JsonToken token, String what) {
    if (parser.currentToken() != token) {
      throw new SessionUnreadable(what + " is missing in a session");
    }
  }
}

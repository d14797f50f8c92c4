package io.aipaging.aipf.lease.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes members; what is null is left out. */
final class JsonOut {
  private final JsonGenerator json;

  JsonOut(JsonGenerator json) {
    this.json = json;
  }

  /** Writes what belongs to one object. */
  interface Body {
    void write() throws IOException;
  }

  /** Writes one element of an array. */
  interface Element<T> {
    void write(T value) throws IOException;
  }

  void object(String name, Body body) throws IOException {
    json.writeFieldName(name);
    object(body);
  }

  void object(Body body) throws IOException {
    json.writeStartObject();
    body.write();
    json.writeEndObject();
  }

  /** Objects in their order; no array where there is none. */
  <T> void objects(String name, List<T> values, Element<T> element) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (T value : values) {
      object(() -> element.write(value));
    }
    json.writeEndArray();
  }

  void texts(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  void text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  void number(String name, long value) throws IOException {
    json.writeNumberField(name, value);
  }

  void number(String name, @Nullable Integer value) throws IOException {
    if (value != null) {
      json.writeNumberField(name, value.intValue());
    }
  }

  void decimal(String name, @Nullable Double value) throws IOException {
    if (value != null) {
      json.writeNumberField(name, value.doubleValue());
    }
  }

  /** Milliseconds of the epoch, with decimals only where there is a fraction. */
  void instant(String name, Instant value) throws IOException {
    long millis = value.toEpochMilli();
    long nanos = Instant.ofEpochMilli(millis).until(value, ChronoUnit.NANOS);
    if (nanos == 0) {
      json.writeNumberField(name, millis);
    } else {
      json.writeNumberField(name, BigDecimal.valueOf(millis).add(BigDecimal.valueOf(nanos, 6)));
    }
  }
}

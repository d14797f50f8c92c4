package io.aipaging.aipf.catalog.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.aipf.catalog.CatalogException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the file, read key by key; {@link #read} refuses keys nobody asked for and puts
 * the place into every complaint.
 */
final class Section {
  private final String path;
  private final JsonNode node;
  private final Placeholders placeholders;
  private final Set<String> asked = new HashSet<>();

  private Section(String path, JsonNode node, Placeholders placeholders) {
    this.path = path;
    this.node = node;
    this.placeholders = placeholders;
  }

  static <T> T read(
      String path, JsonNode node, Placeholders placeholders, Function<Section, T> reader) {
    if (!node.isObject()) {
      throw new CatalogException(path + ": must be a mapping");
    }
    Section section = new Section(path, node, placeholders);
    T value = section.at(path, () -> reader.apply(section));
    for (String key : (Iterable<String>) node::fieldNames) {
      if (!section.asked.contains(key)) {
        throw new CatalogException(section.place(key) + ": unknown key");
      }
    }
    return value;
  }

  String text(String key) {
    String value = textOrNull(key);
    if (value == null) {
      throw new CatalogException(place(key) + ": is missing");
    }
    return value;
  }

  @Nullable String textOrNull(String key) {
    JsonNode value = child(key);
    return value == null ? null : scalar(place(key), value);
  }

  <T> T value(String key, Function<String, T> parser) {
    String text = text(key);
    return at(place(key), () -> parser.apply(text));
  }

  int integer(String key) {
    return value(key, Integer::parseInt);
  }

  @Nullable Integer integerOrNull(String key) {
    return textOrNull(key) == null ? null : Integer.valueOf(integer(key));
  }

  double decimal(String key) {
    return value(key, Double::parseDouble);
  }

  Duration milliseconds(String key) {
    return Duration.ofMillis(integer(key));
  }

  List<String> texts(String key) {
    return values(key, text -> text);
  }

  <T> List<T> values(String key, Function<String, T> parser) {
    List<T> values = new ArrayList<>();
    for (JsonNode item : items(key)) {
      String place = place(key) + "[" + values.size() + "]";
      String text = scalar(place, item);
      values.add(at(place, () -> parser.apply(text)));
    }
    return values;
  }

  <T> T section(String key, Function<Section, T> reader) {
    JsonNode value = child(key);
    if (value == null) {
      throw new CatalogException(place(key) + ": is missing");
    }
    return read(place(key), value, placeholders, reader);
  }

  <T> @Nullable T sectionOrNull(String key, Function<Section, T> reader) {
    return child(key) == null ? null : section(key, reader);
  }

  <T> List<T> sections(String key, Function<Section, T> reader) {
    List<T> values = new ArrayList<>();
    for (JsonNode item : items(key)) {
      values.add(read(place(key) + "[" + values.size() + "]", item, placeholders, reader));
    }
    return values;
  }

  private JsonNode items(String key) {
    JsonNode value = child(key);
    if (value == null || !value.isArray()) {
      throw new CatalogException(place(key) + ": must be a list");
    }
    return value;
  }

  private @Nullable JsonNode child(String key) {
    asked.add(key);
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : value;
  }

  private String scalar(String place, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw new CatalogException(place + ": must be a single value");
    }
    return at(place, () -> placeholders.fill(value.asText()));
  }

  private String place(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private <T> T at(String place, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new CatalogException((place.isEmpty() ? "" : place + ": ") + e.getMessage(), e);
    }
  }
}

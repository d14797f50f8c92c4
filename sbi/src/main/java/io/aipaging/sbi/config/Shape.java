package io.aipaging.sbi.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Completes a configuration tree from defaults and environment, along the record's components. */
final class Shape {
  private static final KebabCaseStrategy KEBAB =
      (KebabCaseStrategy) PropertyNamingStrategies.KEBAB_CASE;

  private final YAMLMapper mapper;
  private final Map<String, String> env;
  private final String envPrefix;
  private final Set<String> variables = new HashSet<>();

  Shape(YAMLMapper mapper, Map<String, String> env, String envPrefix) {
    this.mapper = mapper;
    this.env = env;
    this.envPrefix = envPrefix;
  }

  /** Whether an environment variable belongs to a key. */
  boolean knows(String variable) {
    return variables.contains(variable);
  }

  /** Fills {@code tree}; {@code path} is empty or ends with a dot. */
  void complete(Class<?> type, ObjectNode tree, String path) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = KEBAB.translate(component.getName());
      if (component.getType().isRecord()) {
        nested(component, tree, key, path);
      } else {
        scalar(component, tree, key, path);
      }
    }
    requireKnownKeys(type, tree, path);
  }

  private void nested(RecordComponent component, ObjectNode tree, String key, String path) {
    JsonNode present = tree.get(key);
    if (present == null && nullable(component) && !mentioned(component.getType(), path + key)) {
      collect(component.getType(), path + key + ".");
      return;
    }
    if (present == null || present.isNull()) {
      present = tree.putObject(key);
    }
    if (!(present instanceof ObjectNode object)) {
      throw new ConfigurationException(path + key + ": must be a mapping of keys");
    }
    complete(component.getType(), object, path + key + ".");
  }

  private void scalar(RecordComponent component, ObjectNode tree, String key, String path) {
    String variable = variable(path + key);
    variables.add(variable);
    String override = env.get(variable);
    if (override != null) {
      tree.set(key, parsed(component, override, path + key));
      members(component, tree.get(key), path + key);
      return;
    }
    if (tree.has(key)) {
      members(component, tree.get(key), path + key);
      return;
    }
    Default absent = component.getAnnotation(Default.class);
    if (absent != null) {
      tree.set(key, parsed(component, absent.value(), path + key));
    } else if (!nullable(component)) {
      throw new ConfigurationException(path + key + ": missing");
    }
  }

  /** Records in a list have their defaults, too; the environment has no names for them. */
  private void members(RecordComponent component, JsonNode list, String key) {
    if (!list.isArray()
        || !(component.getGenericType() instanceof ParameterizedType type)
        || !(type.getActualTypeArguments()[0] instanceof Class<?> member)
        || !member.isRecord()) {
      return;
    }
    Shape alone = new Shape(mapper, Map.of(), envPrefix);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof ObjectNode one) {
        alone.complete(member, one, key + "." + i + ".");
      }
    }
  }

  /** Strings are taken as they are, so that a password of digits stays text. */
  private JsonNode parsed(RecordComponent component, String text, String key) {
    if (component.getType() == String.class) {
      return mapper.getNodeFactory().textNode(text);
    }
    try {
      JsonNode node = mapper.readTree(text);
      return node == null || node.isMissingNode() ? mapper.nullNode() : node;
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(key + ": not acceptable", e);
    }
  }

  private boolean mentioned(Class<?> type, String key) {
    return env.keySet().stream().anyMatch(name -> name.startsWith(variable(key) + "_"))
        && type.isRecord();
  }

  private void collect(Class<?> type, String path) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = path + KEBAB.translate(component.getName());
      if (component.getType().isRecord()) {
        collect(component.getType(), key + ".");
      } else {
        variables.add(variable(key));
      }
    }
  }

  private static void requireKnownKeys(Class<?> type, ObjectNode tree, String path) {
    Set<String> known = new HashSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      known.add(KEBAB.translate(component.getName()));
    }
    tree.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new ConfigurationException(path + name + ": unknown key");
              }
            });
  }

  private String variable(String key) {
    return envPrefix + "_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static boolean nullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}

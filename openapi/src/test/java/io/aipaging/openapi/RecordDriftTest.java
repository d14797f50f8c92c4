package io.aipaging.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wire records and schemas have the same members, of the same types, equally required. */
class RecordDriftTest {
  private static final Map<Class<?>, String> PLAIN =
      Map.of(
          String.class, "string",
          Instant.class, "string:date-time",
          int.class, "integer",
          Integer.class, "integer",
          long.class, "integer:int64",
          Long.class, "integer:int64",
          double.class, "number:double",
          Double.class, "number:double",
          boolean.class, "boolean",
          Boolean.class, "boolean");

  static Stream<Contract> contracts() {
    return Contracts.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void componentsHaveTheMembersOfTheirRecords(Contract contract) {
    Walk walk = new Walk(OpenApiFile.of(contract), new HashSet<>());
    for (Operation<?, ?> operation : contract.operations()) {
      if (operation.hasBody()) {
        walk.component(operation.request(), operation.pathVariables());
      }
      if (operation.response() != NoContent.class) {
        walk.component(operation.response(), List.of());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void parametersHaveTheTypesOfTheirMembers(Contract contract) {
    OpenApiFile file = OpenApiFile.of(contract);
    Walk walk = new Walk(file, new HashSet<>());
    for (Operation<?, ?> operation : contract.operations()) {
      OpenApiFile.Described described = file.operation(operation.operationId());
      for (RecordComponent member : operation.request().getRecordComponents()) {
        boolean inPath = operation.pathVariables().contains(member.getName());
        if (inPath || !operation.hasBody()) {
          JsonNode parameter = described.parameter(member.getName());
          assertThat(parameter.path("required").asBoolean())
              .as(operation.operationId() + " " + member.getName())
              .isEqualTo(!nullable(member));
          walk.type(parameter.path("schema"), member.getGenericType(), member.getName());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void bodyIsRequiredWhereAMemberOfItIs(Contract contract) {
    OpenApiFile file = OpenApiFile.of(contract);
    for (Operation<?, ?> operation : contract.operations()) {
      if (operation.hasBody()) {
        boolean needed =
            Arrays.stream(operation.request().getRecordComponents())
                .filter(member -> !operation.pathVariables().contains(member.getName()))
                .anyMatch(member -> !nullable(member));
        JsonNode body = file.operation(operation.operationId()).node().path("requestBody");
        assertThat(body.path("required").asBoolean()).as(operation.operationId()).isEqualTo(needed);
      }
    }
  }

  @Test
  void componentsOfTheSameNameSayTheSameInEveryFile() {
    Map<String, JsonNode> seen = new java.util.HashMap<>();
    for (Contract contract : Contracts.ALL) {
      OpenApiFile.of(contract)
          .root()
          .at("/components/schemas")
          .properties()
          .forEach(
              schema ->
                  assertThat(schema.getValue())
                      .as(contract.api() + " " + schema.getKey())
                      .isEqualTo(seen.computeIfAbsent(schema.getKey(), name -> schema.getValue())));
    }
  }

  private static boolean nullable(RecordComponent member) {
    return member.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** Compares records with components, each pair once. */
  private record Walk(OpenApiFile file, Set<Class<?>> seen) {
    void component(Class<?> type, List<String> elsewhere) {
      if (!seen.add(type)) {
        return;
      }
      String name = type.getSimpleName();
      JsonNode schema = file.root().at("/components/schemas/" + name);
      assertThat(schema.path("type").asText()).as(name).isEqualTo("object");
      List<RecordComponent> members =
          Arrays.stream(type.getRecordComponents())
              .filter(member -> !elsewhere.contains(member.getName()))
              .toList();
      List<String> properties = new ArrayList<>();
      schema.path("properties").properties().forEach(p -> properties.add(p.getKey()));
      assertThat(properties)
          .as(name)
          .containsExactlyElementsOf(members.stream().map(RecordComponent::getName).toList());
      List<String> required = new ArrayList<>();
      schema.path("required").forEach(member -> required.add(member.asText()));
      assertThat(required)
          .as(name + " required")
          .containsExactlyElementsOf(
              members.stream()
                  .filter(member -> !nullable(member))
                  .map(RecordComponent::getName)
                  .toList());
      for (RecordComponent member : members) {
        type(
            schema.at("/properties/" + member.getName()),
            member.getGenericType(),
            name + "." + member.getName());
      }
    }

    void type(JsonNode schema, Type type, String where) {
      JsonNode resolved = file.resolved(schema);
      if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
        assertThat(kind(resolved)).as(where).isEqualTo("array");
        type(resolved.path("items"), generic.getActualTypeArguments()[0], where + "[]");
      } else if (type instanceof ParameterizedType) {
        assertThat(kind(resolved)).as(where).isEqualTo("object");
      } else if (((Class<?>) type).isRecord()) {
        assertThat(OpenApiFile.component(schema))
            .as(where)
            .isEqualTo(((Class<?>) type).getSimpleName());
        component((Class<?>) type, List.of());
      } else {
        assertThat(kind(resolved)).as(where).isEqualTo(PLAIN.get((Class<?>) type));
      }
    }

    private String kind(JsonNode schema) {
      if (schema.has("anyOf") && !schema.has("type")) {
        Set<String> kinds = new HashSet<>();
        schema.path("anyOf").forEach(option -> kinds.add(kind(file.resolved(option))));
        assertThat(kinds).as(schema.toString()).hasSize(1);
        return kinds.iterator().next();
      }
      String type = schema.path("type").asText();
      String format = schema.path("format").asText();
      boolean telling = Set.of("date-time", "int64", "double").contains(format);
      return telling ? type + ":" + format : type;
    }
  }
}

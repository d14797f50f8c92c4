package io.aipaging.sbi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates the requests of one operation; refusals carry the causes of TS 29.500 §5.2.7.2. */
public final class OperationSchema {
  private static final int PARAMS_MAX = 20;

  private final List<Parameter> parameters;
  private final @Nullable Body body;

  OperationSchema(List<Parameter> parameters, @Nullable Body body) {
    this.parameters = List.copyOf(parameters);
    this.body = body;
  }

  /** Whether the operation takes a body. */
  public boolean hasBody() {
    return body != null;
  }

  /** Whether a request without a body is refused. */
  public boolean bodyRequired() {
    return body != null && body.required();
  }

  /**
   * Validates path and query and types their values.
   *
   * @return the parameters as members of one object
   * @throws Refusal 400 naming what is wrong
   */
  public ObjectNode parameters(Map<String, String> path, Map<String, List<String>> query) {
    ObjectNode typed = JsonNodeFactory.instance.objectNode();
    List<Failure> failures = new ArrayList<>();
    for (Parameter parameter : parameters) {
      List<String> values = values(parameter, path, query);
      if (values.isEmpty()) {
        if (parameter.required()) {
          failures.add(Failure.missing(parameter));
        }
        continue;
      }
      JsonNode value = parameter.reader().read(values);
      if (value == null || !parameter.schema().validate(value).isEmpty()) {
        failures.add(Failure.incorrect(parameter));
      } else {
        typed.set(parameter.name(), value);
      }
    }
    for (String name : query.keySet()) {
      if (parameters.stream().noneMatch(p -> !p.inPath() && p.name().equals(name))) {
        failures.add(new Failure("INVALID_QUERY_PARAM", "query " + name, "not supported"));
      }
    }
    refuse(failures);
    return typed;
  }

  /**
   * Validates a body.
   *
   * @throws Refusal 400 naming what is wrong
   */
  public void body(JsonNode document) {
    if (body == null) {
      return;
    }
    Set<ValidationMessage> messages = body.schema().validate(document);
    List<Failure> failures = new ArrayList<>();
    for (ValidationMessage message : messages) {
      failures.add(Failure.of(message, body.mandatory()));
    }
    refuse(failures);
  }

  private static List<String> values(
      Parameter parameter, Map<String, String> path, Map<String, List<String>> query) {
    if (parameter.inPath()) {
      String value = path.get(parameter.name());
      return value == null ? List.of() : List.of(value);
    }
    return query.getOrDefault(parameter.name(), List.of());
  }

  private static void refuse(List<Failure> failures) {
    if (failures.isEmpty()) {
      return;
    }
    failures.sort(Comparator.comparingInt(Failure::rank));
    Map<String, InvalidParam> params = new LinkedHashMap<>();
    for (Failure failure : failures) {
      if (params.size() < PARAMS_MAX) {
        params.putIfAbsent(failure.param(), new InvalidParam(failure.param(), failure.reason()));
      }
    }
    throw Refusal.of(400, failures.getFirst().cause(), "The request does not fit the contract.")
        .with(List.copyOf(params.values()));
  }

  /**
   * A request body.
   *
   * @param required whether it must be there
   * @param schema what it must fulfil
   * @param mandatory tells mandatory members from optional ones
   */
  record Body(boolean required, JsonSchema schema, Mandatory mandatory) {}

  /** One thing that is wrong. */
  private record Failure(String cause, String param, String reason) {
    private static final int LIMIT_CHARACTERS_MAX = 80;
    private static final List<String> RANKS =
        List.of(
            "MANDATORY_QUERY_PARAM_MISSING",
            "MANDATORY_IE_MISSING",
            "MANDATORY_QUERY_PARAM_INCORRECT",
            "MANDATORY_IE_INCORRECT",
            "OPTIONAL_QUERY_PARAM_INCORRECT",
            "OPTIONAL_IE_INCORRECT",
            "INVALID_QUERY_PARAM");

    static Failure missing(Parameter parameter) {
      return new Failure("MANDATORY_QUERY_PARAM_MISSING", parameter.displayed(), "missing");
    }

    static Failure incorrect(Parameter parameter) {
      String cause =
          parameter.inPath()
              ? "MANDATORY_IE_INCORRECT"
              : parameter.required()
                  ? "MANDATORY_QUERY_PARAM_INCORRECT"
                  : "OPTIONAL_QUERY_PARAM_INCORRECT";
      return new Failure(cause, parameter.displayed(), "not acceptable");
    }

    static Failure of(ValidationMessage message, Mandatory mandatory) {
      String at = message.getInstanceLocation().toString();
      if (message.getType().equals("required")) {
        String name = ContractSchemas.escaped(message.getProperty());
        return new Failure("MANDATORY_IE_MISSING", at + "/" + name, "missing");
      }
      String cause =
          mandatory.failedAt(message.getEvaluationPath())
              ? "MANDATORY_IE_INCORRECT"
              : "OPTIONAL_IE_INCORRECT";
      return new Failure(cause, at, "fails " + message.getType() + limit(message.getSchemaNode()));
    }

    /** What the contract says, where that is short. */
    private static String limit(@Nullable JsonNode keyword) {
      String text = keyword == null || keyword.isContainerNode() ? "" : keyword.asText();
      return text.isEmpty() || text.length() > LIMIT_CHARACTERS_MAX ? "" : " " + text;
    }

    int rank() {
      return RANKS.indexOf(cause);
    }
  }
}

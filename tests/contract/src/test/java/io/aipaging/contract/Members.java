package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Operation;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the tests do with the members of requests and answers. */
final class Members {
  /** Members that differ between two equal answers because time passed. */
  private static final Set<String> PASSING = Set.of("remainingMs", "rttMs", "requestsInFlight");

  /** Members that are there only while there is more to come. */
  private static final Set<String> PAGED = Set.of("/nextSeq", "/nextPageToken");

  private Members() {}

  /** Adds {@code more} to {@code into}, object by object; what is more wins. */
  static void merge(ObjectNode into, ObjectNode more) {
    more.properties()
        .forEach(
            member -> {
              if (into.get(member.getKey()) instanceof ObjectNode below
                  && member.getValue() instanceof ObjectNode values) {
                merge(below, values);
              } else {
                into.set(member.getKey(), member.getValue().deepCopy());
              }
            });
  }

  /** A path template with its variables taken from the first of {@code sources} that has them. */
  static String filled(String template, List<JsonNode> sources) {
    String filled = template;
    for (JsonNode source : sources) {
      for (var member : source.properties()) {
        filled =
            filled.replace(
                "{" + member.getKey() + "}", WireRequest.encoded(member.getValue().asText()));
      }
    }
    return filled;
  }

  /** Every member a document has, as paths that do not count the items of arrays. */
  static Set<String> shape(JsonNode json) {
    Set<String> paths = new TreeSet<>();
    collect(json, "", paths);
    paths.removeAll(PAGED);
    return paths;
  }

  /** The name of every member a document has. */
  static Set<String> names(JsonNode json) {
    Set<String> names = new TreeSet<>();
    shape(json).forEach(path -> names.add(path.substring(path.lastIndexOf('/') + 1)));
    return names;
  }

  private static void collect(JsonNode json, String at, Set<String> paths) {
    if (json.isArray()) {
      json.forEach(item -> collect(item, at + "/*", paths));
    }
    json.properties()
        .forEach(
            member -> {
              paths.add(at + "/" + member.getKey());
              collect(member.getValue(), at + "/" + member.getKey(), paths);
            });
  }

  /** The record of some members. */
  static <T> T record(JsonNode members, Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(members, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left of an answer after a way through its record. */
  static JsonNode throughRecord(Operation<?, ?> operation, JsonNode json) {
    try {
      Object value = Json.MAPPER.treeToValue(json, operation.response());
      return Json.tree(Json.MAPPER.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body without what passes by itself; of several tokens only that there is one. */
  static JsonNode lasting(WireReply reply) {
    if (reply.body().length == 0) {
      return Json.MAPPER.createObjectNode();
    }
    return lasting(reply.json());
  }

  /** The same for any document. */
  static JsonNode lasting(JsonNode json) {
    JsonNode copy = json.deepCopy();
    strip(copy);
    return copy;
  }

  /** The same request, asking for something else. */
  static ObjectNode changed(ObjectNode members) {
    ObjectNode changed = members.deepCopy();
    if (changed.has("durationSec")) {
      return changed.put("durationSec", changed.get("durationSec").asInt() == 60 ? 61 : 60);
    }
    if (changed.has("targetAnchorId")) {
      return changed.put("targetAnchorId", changed.get("targetAnchorId").asText() + "-2");
    }
    if (changed.has("reason")) {
      return changed.put(
          "reason", changed.get("reason").asText().equals("POLICY") ? "OPERATOR" : "POLICY");
    }
    throw new AssertionError("nothing to change in " + members);
  }

  private static void strip(JsonNode json) {
    if (json instanceof ObjectNode object) {
      object.remove(PASSING);
    }
    if (json instanceof ObjectNode || json instanceof ArrayNode) {
      json.forEach(Members::strip);
    }
  }
}

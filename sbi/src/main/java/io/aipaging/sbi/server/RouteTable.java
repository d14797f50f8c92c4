package io.aipaging.sbi.server;

import io.aipaging.openapi.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint for a method and a path. Literal segments win over variables. */
final class RouteTable {
  private static final Set<String> KNOWN_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final List<Entry> entries = new ArrayList<>();

  void add(String method, String path, Endpoint endpoint) {
    Entry added = new Entry(method, List.of(path.substring(1).split("/", -1)), endpoint);
    for (Entry entry : entries) {
      if (entry.method().equals(method) && entry.sameShape(added)) {
        throw new IllegalStateException(method + " " + path + " is mounted twice");
      }
    }
    entries.add(added);
  }

  /**
   * Finds the endpoint.
   *
   * @param path undecoded, starting with a slash
   * @throws RefusedWithHeaders 405 with {@code Allow}
   * @throws Refusal 404 or 501
   */
  Match match(String method, String path) {
    if (!KNOWN_METHODS.contains(method)) {
      throw Refusal.of(501, "METHOD_NOT_IMPLEMENTED", "The method is not implemented.");
    }
    List<String> segments =
        path.startsWith("/") ? List.of(path.substring(1).split("/", -1)) : List.of();
    Set<String> allowed = new TreeSet<>();
    Entry found = null;
    for (Entry entry : entries) {
      if (entry.matches(segments)) {
        allowed.add(entry.method());
        if (entry.method().equals(method) && (found == null || entry.moreLiteralThan(found))) {
          found = entry;
        }
      }
    }
    if (found != null) {
      return new Match(found.endpoint(), found.variables(segments));
    }
    if (allowed.isEmpty()) {
      throw notFound();
    }
    throw new RefusedWithHeaders(
        Refusal.of(405, "METHOD_NOT_ALLOWED", "The resource has no such method."),
        Map.of("Allow", String.join(", ", allowed)));
  }

  private static Refusal notFound() {
    return Refusal.of(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "There is no such resource.");
  }

  private static @Nullable String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * What was found.
   *
   * @param endpoint what answers
   * @param variables decoded path variables by name
   */
  record Match(Endpoint endpoint, Map<String, String> variables) {}

  private record Entry(String method, List<String> segments, Endpoint endpoint) {
    boolean matches(List<String> path) {
      if (path.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        String wanted = segments.get(i);
        if (isVariable(wanted) ? path.get(i).isEmpty() : !wanted.equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    Map<String, String> variables(List<String> path) {
      Map<String, String> variables = new LinkedHashMap<>();
      for (int i = 0; i < path.size(); i++) {
        String name = segments.get(i);
        if (isVariable(name)) {
          String value = decoded(path.get(i));
          if (value == null) {
            throw notFound();
          }
          variables.put(name.substring(1, name.length() - 1), value);
        }
      }
      return variables;
    }

    boolean sameShape(Entry other) {
      if (segments.size() != other.segments.size()) {
        return false;
      }
      for (int i = 0; i < segments.size(); i++) {
        boolean variable = isVariable(segments.get(i));
        if (variable != isVariable(other.segments.get(i))
            || (!variable && !segments.get(i).equals(other.segments.get(i)))) {
          return false;
        }
      }
      return true;
    }

    boolean moreLiteralThan(Entry other) {
      for (int i = 0; i < segments.size(); i++) {
        boolean mine = !isVariable(segments.get(i));
        boolean theirs = !isVariable(other.segments.get(i));
        if (mine != theirs) {
          return mine;
        }
      }
      return false;
    }

    private static boolean isVariable(String segment) {
      return segment.startsWith("{");
    }
  }
}

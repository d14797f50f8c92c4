package io.aipaging.aexf.guard;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which requests may be passed on at all: known methods, origin-form targets under the allowed
 * prefixes, written in only one way. A path that two servers could read differently is refused.
 *
 * @param prefixes such as {@code /v1/}; each begins and ends with a slash
 */
public record Targets(List<String> prefixes) {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE", "OPTIONS");
  private static final List<String> AMBIGUOUS =
      List.of("//", "/./", "/../", "\\", ";", "%2e", "%2f", "%5c", "%00", "%25");

  public Targets {
    prefixes = List.copyOf(prefixes);
    for (String prefix : prefixes) {
      if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
        throw new IllegalArgumentException("a path prefix begins and ends with a slash");
      }
    }
  }

  void check(String method, String target) throws Denied {
    if (!METHODS.contains(method)) {
      throw Denied.of(405, "method_not_allowed", "this method is not offered");
    }
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String lower = path.toLowerCase(Locale.ROOT);
    boolean dots = lower.endsWith("/..") || lower.endsWith("/.");
    if (!path.startsWith("/") || dots || AMBIGUOUS.stream().anyMatch(lower::contains)) {
      throw Denied.of(400, "bad_target", "the request target is not acceptable");
    }
    if (prefixes.stream().noneMatch(path::startsWith)) {
      throw Denied.of(404, "unknown_url", "no such resource");
    }
    if (query >= 0 && hasToken(target.substring(query + 1))) {
      throw Denied.of(400, "token_in_query", "a token belongs in the Authorization header");
    }
  }

  private static boolean hasToken(String query) {
    return ("&" + query).toLowerCase(Locale.ROOT).contains("&access_token=");
  }
}

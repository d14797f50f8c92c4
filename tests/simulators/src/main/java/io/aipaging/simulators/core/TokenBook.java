package io.aipaging.simulators.core;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Access tokens of a simulated core and what each is good for. They are opaque here. */
final class TokenBook {
  private final Map<String, List<String>> scopes = new ConcurrentHashMap<>();

  /** A new token for some services. */
  String issue(List<String> services) {
    String token = UUID.randomUUID().toString();
    scopes.put(token, List.copyOf(services));
    return token;
  }

  /** Whether an {@code Authorization} header is good for a service. */
  boolean accepts(@Nullable String authorization, String service) {
    String token =
        authorization == null || !authorization.startsWith("Bearer ")
            ? ""
            : authorization.substring("Bearer ".length());
    return scopes.getOrDefault(token, List.of()).contains(service);
  }

  /** As when the core's keys change. */
  void revokeAll() {
    scopes.clear();
  }
}

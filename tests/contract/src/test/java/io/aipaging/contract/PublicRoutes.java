package io.aipaging.contract;

import io.aipaging.sbi.server.Route;
import java.util.Set;

/** The routes that may be called without a token; every new one is a decision made here. */
final class PublicRoutes {
  private static final Set<String> ALLOWED =
      Set.of(
          "GET /oauth2/jwks",
          "POST /oauth2/token",
          "POST /npcfadapter-callbacks/v1/n5/{notifId}",
          "POST /npcfadapter-callbacks/v1/n5/{notifId}/terminate",
          "POST /npcfadapter-callbacks/v1/n5/{notifId}/notify");

  private PublicRoutes() {}

  static boolean mayBeMounted(Route route) {
    return route.access().startsWith("scope ") && route.access().length() > "scope ".length()
        || ALLOWED.contains(route.method() + " " + route.path());
  }
}

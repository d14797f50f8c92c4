package io.aipaging.aexf.guard.http;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers travel through the guard. */
final class Headers {
  /** Of one connection only (RFC 9110 §7.6.1), or set anew by the guard. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Shown to the guard and to nobody behind it. */
  private static final Set<String> FOR_THE_GUARD =
      Set.of("authorization", "dpop", "host", "expect", "cookie");

  private static final Set<String> OF_THE_MODEL_SERVER = Set.of("server", "www-authenticate");

  private Headers() {}

  static void toModelServer(MultiMap from, MultiMap to) {
    copy(from, to, FOR_THE_GUARD);
  }

  static void toClient(MultiMap from, MultiMap to) {
    copy(from, to, OF_THE_MODEL_SERVER);
  }

  private static void copy(MultiMap from, MultiMap to, Set<String> kept) {
    Set<String> named = new HashSet<>();
    for (String value : from.getAll("connection")) {
      for (String token : value.split(",", -1)) {
        named.add(token.strip().toLowerCase(Locale.ROOT));
      }
    }
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name) && !kept.contains(name) && !named.contains(name)) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }
}

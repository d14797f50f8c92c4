package io.aipaging.sbi.nrf;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A producer of a service, as a discovery answer names it.
 *
 * @param apiRoot where to call it
 * @param priority the lower the better
 */
record NfInstance(URI apiRoot, int priority) {
  private static final int PRIORITY_LEAST = 65_535;

  /**
   * Reads a SearchResult (TS 29.510 §6.2.6.2.2). Services come as an array or as a map, filtered or
   * not; whatever is unusable is passed over.
   */
  static List<NfInstance> of(JsonNode answer, String serviceName) {
    List<NfInstance> found = new ArrayList<>();
    for (JsonNode instance : answer.path("nfInstances")) {
      if (isRegistered(instance, "nfStatus")) {
        List<JsonNode> services = new ArrayList<>();
        instance.path("nfServices").forEach(services::add);
        instance.path("nfServiceList").forEach(services::add);
        services.stream()
            .filter(service -> service.path("serviceName").asText("").equals(serviceName))
            .filter(service -> isRegistered(service, "nfServiceStatus"))
            .findFirst()
            .flatMap(service -> of(instance, service))
            .ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingInt(NfInstance::priority));
    return List.copyOf(found);
  }

  private static boolean isRegistered(JsonNode node, String status) {
    return node.path(status).asText("REGISTERED").equals("REGISTERED");
  }

  private static Optional<NfInstance> of(JsonNode instance, JsonNode service) {
    int priority = service.path("priority").asInt(instance.path("priority").asInt(PRIORITY_LEAST));
    String scheme = service.path("scheme").asText("http");
    JsonNode endPoint = service.path("ipEndPoints").path(0);
    int port = endPoint.path("port").asInt(scheme.equals("https") ? 443 : 80);
    String host =
        first(
            endPoint.path("ipv4Address"),
            bracketed(endPoint.path("ipv6Address")),
            service.path("fqdn").asText(""),
            instance.path("ipv4Addresses").path(0).asText(""),
            bracketed(instance.path("ipv6Addresses").path(0)),
            instance.path("fqdn").asText(""));
    // Some cores name a scheme that they do not speak; their prefix is right.
    return root(service.path("apiPrefix").asText(""))
        .or(() -> host.isEmpty() ? Optional.empty() : root(scheme + "://" + host + ":" + port))
        .map(root -> new NfInstance(root, priority));
  }

  private static String first(JsonNode ipv4, String... others) {
    String first = ipv4.asText("");
    for (int i = 0; i < others.length && first.isEmpty(); i++) {
      first = others[i];
    }
    return first;
  }

  private static String bracketed(JsonNode ipv6) {
    String text = ipv6.asText("");
    return text.isEmpty() ? "" : "[" + text + "]";
  }

  /** An http or https URI with a host and nothing but a path after its authority. */
  static Optional<URI> root(String text) {
    try {
      URI uri = new URI(text);
      boolean usable =
          ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      return usable ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}

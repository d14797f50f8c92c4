package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Quirk;
import java.util.Set;

/** How a function of the core registers itself. */
final class OwnProfile {
  private OwnProfile() {}

  /** One service at {@code authority}, an address and a port. */
  static ObjectNode of(
      String id, String nfType, String service, String authority, Set<Quirk> quirks) {
    int colon = authority.lastIndexOf(':');
    String host = authority.substring(0, colon);
    ObjectNode profile = JsonNodeFactory.instance.objectNode();
    profile.put("nfInstanceId", id).put("nfType", nfType).put("nfStatus", "REGISTERED");
    profile.putArray("ipv4Addresses").add(host);
    ObjectNode offered = profile.putArray("nfServices").addObject();
    offered.put("serviceInstanceId", service).put("serviceName", service);
    boolean prefixed = quirks.contains(Quirk.F_06);
    offered.put("scheme", prefixed ? "https" : "http").put("nfServiceStatus", "REGISTERED");
    if (prefixed) {
      offered.put("apiPrefix", "http://" + authority);
    }
    offered
        .putArray("ipEndPoints")
        .addObject()
        .put("ipv4Address", host)
        .put("port", Integer.parseInt(authority.substring(colon + 1)));
    return profile;
  }
}

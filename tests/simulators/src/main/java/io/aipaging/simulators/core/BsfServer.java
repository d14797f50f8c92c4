package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.pcf.PduSessionBook;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Nbsf_Management (TS 29.521): every UE of the core has its PCF. */
final class BsfServer {
  private final PduSessionBook book;
  private final String pcfHost;
  private final int pcfPort;
  private final Set<Quirk> quirks;
  private final AtomicBoolean forgetful = new AtomicBoolean();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();

  BsfServer(PduSessionBook book, String pcfHost, int pcfPort, Set<Quirk> quirks) {
    this.book = book;
    this.pcfHost = pcfHost;
    this.pcfPort = pcfPort;
    this.quirks = quirks;
  }

  Answer answer(HttpServerRequest request, Buffer body) {
    if (!"/nbsf-management/v1/pcfBindings".equals(request.path())
        || !request.method().name().equals("GET")) {
      return Answer.problem(404, "Not Found", "no such resource");
    }
    counts.merge("lookup", 1L, Long::sum);
    String address = request.getParam("ipv4Addr");
    String prefix = request.getParam("ipv6Prefix");
    String ue = address != null ? address : prefix == null ? "" : prefix.split("/", 2)[0];
    if (forgetful.get() || !book.has(ue)) {
      return quirks.contains(Quirk.O_18)
          ? Answer.problem(404, "Not found", "no binding")
          : Answer.of(204);
    }
    ObjectNode binding = JsonNodeFactory.instance.objectNode();
    if (!quirks.contains(Quirk.O_18)) {
      binding.put("supi", book.supi(ue));
    }
    binding.put("dnn", "internet").putObject("snssai").put("sst", 1);
    binding.putArray("pcfIpEndPoints").addObject().put("ipv4Address", pcfHost).put("port", pcfPort);
    return Answer.of(200, binding);
  }

  /** As after a restart: live sessions are unknown from now on, or known again. */
  void forget(boolean forgets) {
    forgetful.set(forgets);
  }

  Map<String, Long> counts() {
    return Map.copyOf(counts);
  }
}

package io.aipaging.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;

/** Takes traces as a collector does: OTLP over HTTP, protobuf. */
final class Collector implements AutoCloseable {
  private static final Duration ARRIVES_WITHIN = Duration.ofSeconds(10);

  private final HttpServer server;
  private final List<Seen> spans = new CopyOnWriteArrayList<>();

  /**
   * A span.
   *
   * @param function who sent it
   * @param trace trace id, hexadecimal
   * @param id span id, hexadecimal
   * @param parent span id, empty for none
   * @param kind SERVER or CLIENT
   * @param attributes as text
   */
  record Seen(
      String function,
      String trace,
      String id,
      String parent,
      String name,
      String kind,
      Map<String, String> attributes) {
    String title() {
      return function + " " + kind + " " + name;
    }
  }

  Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
  }

  private void take(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body = exchange.getRequestBody();
        InputStream plain = zipped ? new GZIPInputStream(body) : body) {
      ExportTraceServiceRequest.parseFrom(plain)
          .getResourceSpansList()
          .forEach(
              of ->
                  of.getScopeSpansList()
                      .forEach(
                          scope ->
                              scope
                                  .getSpansList()
                                  .forEach(span -> spans.add(seen(of.getResource(), span)))));
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Seen seen(Resource resource, io.opentelemetry.proto.trace.v1.Span span) {
    HexFormat hex = HexFormat.of();
    return new Seen(
        String.valueOf(texts(resource.getAttributesList()).get("service.name")),
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        texts(span.getAttributesList()));
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    Map<String, String> texts = new TreeMap<>();
    for (KeyValue one : attributes) {
      texts.put(
          one.getKey(),
          one.getValue().hasStringValue()
              ? one.getValue().getStringValue()
              : String.valueOf(one.getValue().getIntValue()));
    }
    return texts;
  }

  /** All spans of {@code trace}, once those named by function, kind and name have arrived. */
  List<Seen> trace(String trace, Set<String> awaited) {
    long end = System.nanoTime() + ARRIVES_WITHIN.toNanos();
    while (true) {
      List<Seen> own = spans.stream().filter(span -> span.trace().equals(trace)).toList();
      if (own.stream().map(Seen::title).toList().containsAll(awaited)) {
        return own;
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not all has arrived: " + own);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  List<Seen> all() {
    return List.copyOf(spans);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

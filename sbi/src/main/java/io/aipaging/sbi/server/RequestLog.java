package io.aipaging.sbi.server;

import io.aipaging.sbi.management.Metrics;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for every refused or failed request, one measurement for every request. What a peer
 * wrote is never logged as it is: no paths, bodies, tokens or correlation headers (which may hold a
 * SUPI), and no control characters.
 */
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.aipaging.sbi.requests");
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final int FIELD_CHARACTERS_MAX = 128;
  private static final String UNROUTED = "unrouted";

  private final @Nullable Metrics metrics;

  RequestLog(@Nullable Metrics metrics) {
    this.metrics = metrics;
  }

  /** What is known of a request as it goes on. */
  static final class Entry {
    private final long startNanos = System.nanoTime();
    private final String correlation;
    private final String peer;
    private String operation = UNROUTED;
    private String consumer = "";

    Entry(Exchange exchange) {
      this.correlation = correlation(exchange.header("traceparent"));
      this.peer = exchange.peer();
    }

    void routed(Route route) {
      operation = route.operationId().equals("raw") ? route.path() : route.operationId();
    }

    void authenticated(@Nullable String subject) {
      consumer = subject == null ? "" : subject;
    }

    private static String correlation(@Nullable String traceParent) {
      Matcher trace = TRACE_PARENT.matcher(traceParent == null ? "" : traceParent);
      return trace.matches() ? trace.group(1) : UUID.randomUUID().toString().replace("-", "");
    }
  }

  /** Notes the answer to a request. */
  void answered(Entry entry, Answer answer, @Nullable Throwable failure) {
    Duration took = Duration.ofNanos(System.nanoTime() - entry.startNanos);
    if (metrics != null) {
      metrics.requestAnswered(entry.operation, answer.status(), took);
    }
    if (answer.status() < 400) {
      return;
    }
    (answer.status() < 500 ? LOG.atInfo() : LOG.atWarn())
        .addKeyValue("operation", safe(entry.operation))
        .addKeyValue("status", answer.status())
        .addKeyValue("cause", safe(answer.cause()))
        .addKeyValue("consumer", safe(entry.consumer))
        .addKeyValue("peer", safe(entry.peer))
        .addKeyValue("correlation", entry.correlation)
        .addKeyValue("tookMs", took.toMillis())
        .log(answer.status() < 500 ? "request refused" : "request failed");
    if (failure != null) {
      LOG.atError()
          .addKeyValue("correlation", entry.correlation)
          .setCause(failure)
          .log("handler failed");
    }
  }

  /** {@code text} without control characters and not longer than a field may be. */
  static String safe(String text) {
    String bounded = text.substring(0, Math.min(text.length(), FIELD_CHARACTERS_MAX));
    return bounded.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
  }
}

package io.aipaging.sbi.server;

import io.aipaging.sbi.logging.Audit;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.trace.Tracing;
import io.aipaging.sbi.trace.Work;
import java.time.Duration;
import java.util.Map;
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
  private final @Nullable Tracing tracing;
  private final Audit audit = new Audit(System::nanoTime);

  RequestLog(@Nullable Metrics metrics, @Nullable Tracing tracing) {
    this.metrics = metrics;
    this.tracing = tracing;
  }

  /** A request that is being served. */
  Entry begun(Exchange exchange) {
    return new Entry(
        exchange,
        tracing == null
            ? untraced(exchange)
            : tracing.request(exchange.method(), exchange::header));
  }

  /** A request for which nothing is done: it is not traced. */
  Entry turnedAway(Exchange exchange) {
    return new Entry(exchange, untraced(exchange));
  }

  private static Work untraced(Exchange exchange) {
    return Work.untraced(correlation(exchange.header("traceparent")));
  }

  private static String correlation(@Nullable String traceParent) {
    Matcher trace = TRACE_PARENT.matcher(traceParent == null ? "" : traceParent);
    return trace.matches() ? trace.group(1) : UUID.randomUUID().toString().replace("-", "");
  }

  /** What is known of a request as it goes on. */
  static final class Entry {
    private final long startNanos = System.nanoTime();
    private final Work work;
    private final String method;
    private final String peer;
    private String operation = UNROUTED;
    private String consumer = "";

    private Entry(Exchange exchange, Work work) {
      this.work = work;
      this.method = exchange.method();
      this.peer = exchange.peer();
    }

    Work work() {
      return work;
    }

    void routed(Route route) {
      operation = route.operationId().equals("raw") ? route.path() : route.operationId();
      work.routed(operation, method, route.path());
    }

    void authenticated(@Nullable String subject) {
      consumer = subject == null ? "" : subject;
    }
  }

  /** Notes the answer to a request. */
  void answered(Entry entry, Answer answer, @Nullable Throwable failure) {
    Duration took = Duration.ofNanos(System.nanoTime() - entry.startNanos);
    entry.work.answered(answer.status());
    if (metrics != null) {
      metrics.requestAnswered(entry.operation, answer.status(), took);
    }
    if (answer.status() < 400) {
      return;
    }
    if (answer.status() == 401 || answer.status() == 403) {
      audit(entry, answer);
    }
    (answer.status() < 500 ? LOG.atInfo() : LOG.atWarn())
        .addKeyValue("operation", safe(entry.operation))
        .addKeyValue("status", answer.status())
        .addKeyValue("cause", safe(answer.cause()))
        .addKeyValue("consumer", safe(entry.consumer))
        .addKeyValue("peer", safe(entry.peer))
        .addKeyValue("correlation", entry.work.correlation())
        .addKeyValue("tookMs", took.toMillis())
        .log(answer.status() < 500 ? "request refused" : "request failed");
    if (failure != null) {
      LOG.atError()
          .addKeyValue("correlation", entry.work.correlation())
          .setCause(failure)
          .log("handler failed");
    }
  }

  private void audit(Entry entry, Answer answer) {
    audit.note(
        answer.status() == 401 ? Audit.Event.TOKEN_REJECTED : Audit.Event.REQUEST_FORBIDDEN,
        Map.of(
            "operation", safe(entry.operation),
            "cause", safe(answer.cause()),
            "consumer", safe(entry.consumer),
            "peer", safe(entry.peer),
            "correlation", entry.work.correlation()));
  }

  /** A peer with whom no connection came about. */
  void handshakeFailed(Throwable failure) {
    audit.note(Audit.Event.HANDSHAKE_FAILED, Map.of("failure", failure.getClass().getSimpleName()));
  }

  /** {@code text} without control characters and not longer than a field may be. */
  static String safe(String text) {
    String bounded = text.substring(0, Math.min(text.length(), FIELD_CHARACTERS_MAX));
    return bounded.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
  }
}

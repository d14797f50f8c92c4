package io.aipaging.sbi.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What a thread works for: one request, with the id that its log lines share, and its span where it
 * is traced. It goes with the thread; whoever hands work to another thread carries it there.
 * Thread-safe.
 */
public final class Work {
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();

  private final String correlation;
  private final @Nullable Tracer tracer;
  private final @Nullable Span span;

  private Work(String correlation, @Nullable Tracer tracer, @Nullable Span span) {
    this.correlation = correlation;
    this.tracer = tracer;
    this.span = span;
  }

  /** A request that is not traced. */
  public static Work untraced(String correlation) {
    return new Work(correlation, null, null);
  }

  static Work traced(Tracer tracer, Span span) {
    return new Work(span.getSpanContext().getTraceId(), tracer, span);
  }

  /** What this thread works for; null when it is no request. */
  public static @Nullable Work current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /** {@code body} for what this thread works for, wherever it is run. */
  public static Runnable carried(Runnable body) {
    Work work = current();
    return work == null ? body : () -> work.run(body);
  }

  /** {@code body} for what this thread works for, wherever it is called. */
  public static <T> Callable<T> carried(Callable<T> body) {
    Work work = current();
    return work == null ? body : () -> ScopedValue.where(CURRENT, work).call(body::call);
  }

  /** Runs {@code body} for this. */
  public void run(Runnable body) {
    ScopedValue.where(CURRENT, this).run(body);
  }

  /** 32 hexadecimal digits; the trace id where there is a trace. */
  public String correlation() {
    return correlation;
  }

  @Nullable Tracer tracer() {
    return tracer;
  }

  @Nullable Span span() {
    return span;
  }

  /** It is a request for {@code operation}; {@code route} is its path with variables unfilled. */
  public void routed(String operation, String method, String route) {
    if (span != null) {
      span.updateName(operation).setAttribute(METHOD, method).setAttribute(ROUTE, route);
    }
  }

  /** It was answered. */
  public void answered(int status) {
    if (span != null) {
      span.setAttribute(STATUS, status);
      if (status >= 500) {
        span.setStatus(StatusCode.ERROR).setAttribute(ERROR, Integer.toString(status));
      }
    }
  }

  /** It is over. */
  public void end() {
    if (span != null) {
      span.end();
    }
  }
}

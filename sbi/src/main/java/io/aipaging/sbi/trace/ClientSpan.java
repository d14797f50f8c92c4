package io.aipaging.sbi.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call to a peer, as part of a trace. */
public final class ClientSpan {
  private final Span span;
  private final Context context;

  private ClientSpan(Span span, Context parent) {
    this.span = span;
    this.context = parent.with(span);
  }

  /**
   * A call begins.
   *
   * @param name operation called; from a bounded set, never with an id in it
   * @return null when this thread works for nothing that is traced
   */
  public static @Nullable ClientSpan begin(String name, String method) {
    Work work = Work.current();
    Tracer tracer = work == null ? null : work.tracer();
    if (work == null || tracer == null) {
      return null;
    }
    Context parent = Context.root().with(Objects.requireNonNull(work.span()));
    Span span =
        tracer
            .spanBuilder(name)
            .setSpanKind(SpanKind.CLIENT)
            .setParent(parent)
            .setAttribute(Work.METHOD, method)
            .startSpan();
    return new ClientSpan(span, parent);
  }

  /** What tells the peer of the trace: {@code traceparent}, and {@code tracestate} if there is. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(context, headers, (_, name, value) -> headers.put(name, value));
    return headers;
  }

  /** The call is over; {@code status} is what the peer said, or what its silence counts as. */
  public void end(int status) {
    span.setAttribute(Work.STATUS, status);
    if (status >= 400) {
      span.setStatus(StatusCode.ERROR).setAttribute(Work.ERROR, Integer.toString(status));
    }
    span.end();
  }
}

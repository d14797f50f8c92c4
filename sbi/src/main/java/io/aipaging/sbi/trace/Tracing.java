package io.aipaging.sbi.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The traces of one function, sent to a collector by a thread of their own: no request ever waits
 * for it, and what a collector does not take is lost. A function without traces has none of these.
 */
public final class Tracing implements AutoCloseable {
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("service.namespace");
  private static final Logger SDK_LOG = Logger.getLogger("io.opentelemetry");
  private static final int BATCH_MAX = 512;
  private static final int HEADER_CHARACTERS_MAX = 512;
  private static final TextMapGetter<RequestHeaders> HEADERS = new Headers();

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private Tracing(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider.get("io.aipaging.sbi");
  }

  /**
   * Begins to trace.
   *
   * @param config null traces nothing
   * @param function name of the function, such as {@code nf-aipf}
   * @return null when nothing is traced
   * @throws UncheckedIOException when the trust file cannot be read
   */
  public static @Nullable Tracing open(@Nullable TracingConfig config, String function) {
    if (config == null) {
      return null;
    }
    logAsOthersDo();
    return new Tracing(
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.of(SERVICE, function, NAMESPACE, "aipaging")))
            .setSampler(
                Sampler.parentBased(Sampler.traceIdRatioBased(config.sampledPerMille() / 1e3)))
            .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(128).build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter(config))
                    .setMaxQueueSize(config.queueMax())
                    .setMaxExportBatchSize(BATCH_MAX)
                    .setScheduleDelay(config.sendEvery())
                    .setExporterTimeout(config.sendWithin())
                    .build())
            .build());
  }

  /** What the SDK complains of, such as a collector that is not there, goes where all lines go. */
  private static void logAsOthersDo() {
    synchronized (SDK_LOG) {
      if (SDK_LOG.getHandlers().length == 0) {
        SDK_LOG.setUseParentHandlers(false);
        SDK_LOG.addHandler(new SLF4JBridgeHandler());
      }
    }
  }

  private static OtlpHttpSpanExporter exporter(TracingConfig config) {
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(config.endpoint().toString())
            .setTimeout(config.sendWithin())
            .setConnectTimeout(config.sendWithin())
            .setRetryPolicy(null);
    if (config.trustFile() != null) {
      try {
        builder.setTrustedCertificates(Files.readAllBytes(config.trustFile()));
      } catch (IOException e) {
        throw new UncheckedIOException("tracing.trust-file cannot be read", e);
      }
    }
    return builder.build();
  }

  /**
   * A request begins. A {@code traceparent} that is none is ignored.
   *
   * @param method HTTP method
   * @param headers of the request
   */
  public Work request(String method, RequestHeaders headers) {
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
    return Work.traced(
        tracer,
        tracer
            .spanBuilder(method)
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent)
            .setAttribute(Work.METHOD, method)
            .startSpan());
  }

  /** Sends what waits, for a few seconds at most. */
  @Override
  public void close() {
    var _ = provider.shutdown().join(3, TimeUnit.SECONDS);
  }

  /** Headers of a request. */
  @FunctionalInterface
  public interface RequestHeaders {
    /** First value of a header; null when there is none. */
    @Nullable String first(String name);
  }

  private static final class Headers implements TextMapGetter<RequestHeaders> {
    @Override
    public @Nullable String get(@Nullable RequestHeaders headers, String name) {
      String value = headers == null ? null : headers.first(name);
      return value == null || value.length() > HEADER_CHARACTERS_MAX ? null : value;
    }
  }
}

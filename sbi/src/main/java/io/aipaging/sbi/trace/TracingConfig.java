package io.aipaging.sbi.trace;

import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.Default;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where traces are sent. Without this block nothing is traced.
 *
 * @param endpoint of the collector, OTLP over HTTP, such as {@code http://otel:4318/v1/traces}
 * @param trustFile whose certificates an https collector may have; null: those the JVM trusts
 * @param sampledPerMille how many of a thousand traces that begin here are recorded; of one that
 *     has begun elsewhere its own word counts
 * @param queueMax spans at most that wait to be sent; further ones are lost
 * @param sendEvery pause between two sendings
 * @param sendWithin longest time for one
 */
public record TracingConfig(
    URI endpoint,
    @Nullable Path trustFile,
    @Default("1000") int sampledPerMille,
    @Default("2048") int queueMax,
    @Default("1s") Duration sendEvery,
    @Default("5s") Duration sendWithin) {
  public TracingConfig {
    String scheme = String.valueOf(endpoint.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null) {
      throw new IllegalArgumentException("endpoint: must be an http or https URI with a host");
    }
    if (trustFile != null && !scheme.equals("https")) {
      throw new IllegalArgumentException("trust-file: is for an https endpoint");
    }
    Check.range("sampled-per-mille", sampledPerMille, 0, 1_000);
    Check.range("queue-max", queueMax, 512, 100_000);
    Check.range("send-every", sendEvery, Duration.ofMillis(10), Duration.ofMinutes(1));
    Check.range("send-within", sendWithin, Duration.ofMillis(100), Duration.ofMinutes(1));
  }

  /** Everything is traced and sent to {@code endpoint}. */
  public static TracingConfig to(URI endpoint) {
    return new TracingConfig(
        endpoint, null, 1_000, 2_048, Duration.ofMillis(50), Duration.ofSeconds(5));
  }
}

package io.aipaging.nef;

import io.aipaging.nef.exposure.AddressPrefix;
import io.aipaging.nef.exposure.App;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.logging.LoggingConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.trace.TracingConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the exposure function.
 *
 * @param nfInstanceId UUID of this NF instance
 * @param listener where nnef-aipaging is served; null when it is wired in-process
 * @param oauth whose access tokens are believed; required with {@code listener}
 * @param management health and metrics; null serves none
 * @param aipf the paging function; null when it is wired in-process
 * @param apps who may ask
 * @param tracing where traces are sent; null traces nothing
 * @param logging how the process logs; null leaves it as it is
 */
public record NefConfig(
    String nfInstanceId,
    @Nullable ListenerConfig listener,
    @Nullable AccessTokensConfig oauth,
    @Nullable ManagementConfig management,
    @Nullable Aipf aipf,
    List<AppConfig> apps,
    @Nullable TracingConfig tracing,
    @Nullable LoggingConfig logging) {
  public NefConfig {
    apps = List.copyOf(apps);
    if (listener != null && oauth == null) {
      throw new IllegalArgumentException("oauth is required with a listener");
    }
    if (apps.stream().map(AppConfig::afId).distinct().count() != apps.size()) {
      throw new IllegalArgumentException("apps: an af-id occurs twice");
    }
  }

  /** Without traces, logging as it is. */
  public NefConfig(
      String nfInstanceId,
      @Nullable ListenerConfig listener,
      @Nullable AccessTokensConfig oauth,
      @Nullable ManagementConfig management,
      @Nullable Aipf aipf,
      List<AppConfig> apps) {
    this(nfInstanceId, listener, oauth, management, aipf, apps, null, null);
  }

  /**
   * The paging function.
   *
   * @param client how to reach it
   * @param token how to get access tokens for it; null calls without
   */
  public record Aipf(ClientConfig client, @Nullable ClientCredentialsConfig token) {}

  /**
   * An app.
   *
   * @param afId its id, the subject of its tokens
   * @param uePrefixes UEs it may serve, such as {@code 10.45.0.0/16}
   * @param sessionsMax live sessions it may have at once
   */
  public record AppConfig(String afId, List<String> uePrefixes, int sessionsMax) {
    public AppConfig {
      uePrefixes = List.copyOf(uePrefixes);
      var _ = new App(afId, uePrefixes.stream().map(AddressPrefix::parse).toList(), sessionsMax);
    }

    App app() {
      return new App(afId, uePrefixes.stream().map(AddressPrefix::parse).toList(), sessionsMax);
    }
  }
}

package io.aipaging.pcfadapter;

import io.aipaging.pcfadapter.qosbinding.BindingLimits;
import io.aipaging.pcfadapter.qosbinding.LaneLimits;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Default;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.logging.LoggingConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.trace.TracingConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the PCF adapter.
 *
 * @param listener where npcfadapter-qosbinding is served; null when it is wired in-process
 * @param oauth whose access tokens are believed; required with {@code listener}
 * @param callback where the core's callbacks arrive
 * @param management health and metrics; null serves none
 * @param core whose habits the core has: {@code rel18}, {@code open5gs} or {@code free5gc}
 * @param nrf where this adapter registers and finds others; null does neither
 * @param pcf who is asked for QoS
 * @param journal file that remembers bindings over a restart
 * @param lanes pacing towards the core
 * @param bindings bounds of the table
 * @param aipf who is told what the core says of bindings; null tells nobody
 * @param tracing where traces are sent; null traces nothing
 * @param logging how the process logs; null leaves it as it is
 */
public record PcfAdapterConfig(
    @Nullable ListenerConfig listener,
    @Nullable AccessTokensConfig oauth,
    Callback callback,
    @Nullable ManagementConfig management,
    @Default("REL18") Core core,
    @Nullable NrfConfig nrf,
    Pcf pcf,
    Path journal,
    Lanes lanes,
    Bindings bindings,
    @Nullable Aipf aipf,
    @Nullable TracingConfig tracing,
    @Nullable LoggingConfig logging) {
  public PcfAdapterConfig {
    if (listener != null && oauth == null) {
      throw new IllegalArgumentException("oauth is required with a listener");
    }
    if (pcf.client() == null && nrf == null) {
      throw new IllegalArgumentException("nrf is required without pcf.client");
    }
  }

  /** Without traces, logging as it is. */
  public PcfAdapterConfig(
      @Nullable ListenerConfig listener,
      @Nullable AccessTokensConfig oauth,
      Callback callback,
      @Nullable ManagementConfig management,
      Core core,
      @Nullable NrfConfig nrf,
      Pcf pcf,
      Path journal,
      Lanes lanes,
      Bindings bindings,
      @Nullable Aipf aipf) {
    this(
        listener,
        oauth,
        callback,
        management,
        core,
        nrf,
        pcf,
        journal,
        lanes,
        bindings,
        aipf,
        null,
        null);
  }

  /** In-process, cleartext to one PCF, everything else as by default. */
  public static PcfAdapterConfig inProcess(URI pcf, Path journal) {
    return new PcfAdapterConfig(
        null,
        null,
        new Callback(ListenerConfig.cleartext("127.0.0.1", 0), null),
        null,
        Core.REL18,
        null,
        new Pcf(
            ClientConfig.cleartext(pcf), null, Duration.ofSeconds(10), AppSessionDefaults.none()),
        journal,
        Lanes.of(LaneLimits.defaults()),
        Bindings.of(BindingLimits.defaults()),
        null);
  }

  /**
   * The AIPF.
   *
   * @param client how to reach it
   * @param token how to get access tokens for it; null calls without
   */
  public record Aipf(ClientConfig client, @Nullable ClientCredentialsConfig token) {}

  /**
   * Where the core's callbacks arrive. Cores speak cleartext HTTP/2 without tokens, so this is not
   * the service's own listener.
   *
   * @param listener address and port
   * @param publicUri {@code scheme://authority} the core reaches it at; null means the listener's
   *     own address, which then must be a literal one
   */
  public record Callback(ListenerConfig listener, @Nullable URI publicUri) {
    public Callback {
      if (publicUri != null
          && (publicUri.getHost() == null
              || publicUri.getUserInfo() != null
              || publicUri.getRawQuery() != null
              || publicUri.getRawFragment() != null)) {
        throw new IllegalArgumentException("public-uri must be scheme://authority");
      }
    }
  }

  /**
   * The core.
   *
   * @param client how to reach Npcf_PolicyAuthorization; null finds each PDU session's PCF through
   *     NRF and BSF
   * @param pduInfo all SMFs of an Open5GS core, by the address of their metrics listeners; null or
   *     empty asks none whose PDU session an address is
   * @param answerWithin longest wait for one answer
   * @param sessions what is said of every app session
   */
  public record Pcf(
      @Nullable ClientConfig client,
      @Nullable List<URI> pduInfo,
      @Default("10s") Duration answerWithin,
      AppSessionDefaults sessions) {
    public Pcf {
      pduInfo = pduInfo == null ? null : List.copyOf(pduInfo);
      Check.range("answer-within", answerWithin, Duration.ofMillis(10), Duration.ofMinutes(1));
    }
  }

  /** See {@link LaneLimits}. */
  public record Lanes(
      @Default("50ms") Duration gap,
      @Default("256") int inFlightMax,
      @Default("16") int queuedPerLaneMax,
      @Default("10000") int queuedMax) {
    public Lanes {
      Check.range("gap", gap, Duration.ZERO, Duration.ofSeconds(10));
      Check.range("in-flight-max", inFlightMax, 1, 1_000);
      Check.range("queued-per-lane-max", queuedPerLaneMax, 1, 1_000);
      Check.range("queued-max", queuedMax, 1, 1_000_000);
    }

    /** The same bounds as a configuration. */
    public static Lanes of(LaneLimits limits) {
      return new Lanes(
          limits.gap(), limits.inFlightMax(), limits.queuedPerLaneMax(), limits.queuedMax());
    }

    /** The longer gap of the two. */
    LaneLimits limits(CoreProfile.N5 core) {
      Duration longer = gap.compareTo(core.gap()) > 0 ? gap : core.gap();
      return new LaneLimits(longer, inFlightMax, queuedPerLaneMax, queuedMax);
    }
  }

  /**
   * See {@link BindingLimits}.
   *
   * @param checkEvery pause between two looks at the PDU sessions of the bindings
   */
  public record Bindings(
      @Default("30s") Duration expiredGrace,
      @Default("25h") Duration expiresInMax,
      @Default("10m") Duration endedKept,
      @Default("10m") Duration lostKept,
      @Default("3") int perUeMax,
      @Default("200000") int totalMax,
      @Default("5s") Duration checkEvery,
      @Default("1000") int checkedAtOnceMax) {
    public Bindings {
      Check.range("expired-grace", expiredGrace, Duration.ZERO, Duration.ofHours(1));
      Check.range("expires-in-max", expiresInMax, Duration.ofSeconds(1), Duration.ofDays(31));
      Check.range("ended-kept", endedKept, Duration.ZERO, Duration.ofDays(1));
      Check.range("lost-kept", lostKept, Duration.ZERO, Duration.ofDays(1));
      Check.range("per-ue-max", perUeMax, 1, 1_000);
      Check.range("total-max", totalMax, 1, 10_000_000);
      Check.range("check-every", checkEvery, Duration.ofMillis(100), Duration.ofHours(1));
      Check.range("checked-at-once-max", checkedAtOnceMax, 1, 100_000);
    }

    /** The same bounds as a configuration. */
    public static Bindings of(BindingLimits limits) {
      return new Bindings(
          limits.expiredGrace(),
          limits.expiresInMax(),
          limits.endedKept(),
          limits.lostKept(),
          limits.perUeMax(),
          limits.totalMax(),
          Duration.ofSeconds(5),
          limits.checkedAtOnceMax());
    }

    /** No more of one UE than the core carries. */
    BindingLimits limits(CoreProfile.N5 core) {
      return new BindingLimits(
          expiredGrace,
          expiresInMax,
          endedKept,
          lostKept,
          Math.min(perUeMax, core.appSessionsPerUeMax()),
          totalMax,
          checkedAtOnceMax);
    }
  }
}

package io.aipaging.pcfadapter.qosbinding.n5;

import io.aipaging.openapi.Snssai;
import io.aipaging.sbi.config.Default;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants said of every app session.
 *
 * @param dnn data network where neither consumer nor BSF names one
 * @param snssai slice where neither consumer nor BSF names one
 * @param afAppId application identifier, or null
 * @param tiers QoS references that need more than their name
 * @param qosTimingFeature number, 1 to 200, that the PCF's release of TS 29.514 §5.8 gives the
 *     feature {@code QoSTiming_5G}, where the PCF has it: it then ends app sessions by itself; null
 *     offers it not
 */
public record AppSessionDefaults(
    @Nullable String dnn,
    @Nullable Snssai snssai,
    @Nullable String afAppId,
    @Default("[]") List<Tier> tiers,
    @Nullable Integer qosTimingFeature) {
  private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Z_]{1,32}");

  private static final int FEATURES_MAX = 200;

  public AppSessionDefaults {
    tiers = List.copyOf(tiers);
    require(
        qosTimingFeature == null || (qosTimingFeature >= 1 && qosTimingFeature <= FEATURES_MAX),
        "qos-timing-feature must be 1 to " + FEATURES_MAX);
  }

  /** A core that does not end app sessions by itself. */
  public AppSessionDefaults(
      @Nullable String dnn, @Nullable Snssai snssai, @Nullable String afAppId, List<Tier> tiers) {
    this(dnn, snssai, afAppId, tiers, null);
  }

  /** Nothing but what the core needs. */
  public static AppSessionDefaults none() {
    return new AppSessionDefaults(null, null, null, List.of());
  }

  /**
   * One QoS reference.
   *
   * @param qosReference its name
   * @param medType media type sent along; some cores know only this
   * @param guaranteed whether it is a guaranteed-bit-rate tier: only then bit rates are sent
   * @param named whether the core is told the name, as without a word; where it is not, media type
   *     and bit rates alone say what is wanted, and the core maps the type to its 5QI
   */
  public record Tier(
      String qosReference, String medType, boolean guaranteed, @Nullable Boolean named) {
    /** A tier that the core knows by its name. */
    public Tier(String qosReference, String medType, boolean guaranteed) {
      this(qosReference, medType, guaranteed, null);
    }

    public Tier {
      require(!qosReference.isEmpty(), "qos-reference must not be empty");
      require(MEDIA_TYPE.matcher(medType).matches(), "med-type is no media type");
    }

    /** Whether the core is told the name. */
    boolean isNamed() {
      return named == null || named;
    }
  }

  /** The tier of a reference, if it needs more than its name. */
  Optional<Tier> tier(String qosReference) {
    return tiers.stream().filter(tier -> tier.qosReference().equals(qosReference)).findFirst();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

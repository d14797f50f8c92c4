package io.aipaging.pcfadapter.qosbinding.n5;

import io.aipaging.openapi.Snssai;
import io.aipaging.sbi.config.Default;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the core wants to hear of every app session.
 *
 * @param suppFeat supported features, hexadecimal; {@code 0} for Open5GS, {@code 3} for free5GC
 * @param dnn data network where the consumer names none
 * @param snssai slice where the consumer names none
 * @param afAppId application identifier, or null
 * @param medTypeDefault media type of references without a tier of their own
 * @param tiers QoS references that need more than their name
 * @param qosNotifications whether to ask to be told when a flow's QoS is not guaranteed; the open
 *     cores ignore it
 */
public record N5Profile(
    @Default("0") String suppFeat,
    @Nullable String dnn,
    @Nullable Snssai snssai,
    @Nullable String afAppId,
    @Default("VIDEO") String medTypeDefault,
    @Default("[]") List<Tier> tiers,
    @Default("false") boolean qosNotifications) {
  private static final Pattern FEATURES = Pattern.compile("[A-Fa-f0-9]*");
  private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Z_]{1,32}");

  public N5Profile {
    tiers = List.copyOf(tiers);
    require(FEATURES.matcher(suppFeat).matches(), "supp-feat must be hexadecimal");
    require(MEDIA_TYPE.matcher(medTypeDefault).matches(), "med-type-default is no media type");
  }

  /** For a core that needs nothing but the mandatory members. */
  public static N5Profile defaults() {
    return new N5Profile("0", null, null, null, "VIDEO", List.of(), false);
  }

  /**
   * One QoS reference.
   *
   * @param qosReference its name
   * @param medType media type sent along; free5GC knows only this
   * @param guaranteed whether it is a guaranteed-bit-rate tier: only then bit rates are sent
   */
  public record Tier(String qosReference, String medType, boolean guaranteed) {
    public Tier {
      require(!qosReference.isEmpty(), "qos-reference must not be empty");
      require(MEDIA_TYPE.matcher(medType).matches(), "med-type is no media type");
    }
  }

  /** The tier of a reference. */
  Tier tier(String qosReference) {
    return tiers.stream()
        .filter(tier -> tier.qosReference().equals(qosReference))
        .findFirst()
        .orElseGet(() -> new Tier(qosReference, medTypeDefault, false));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

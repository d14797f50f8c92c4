package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.Snssai;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionWriter;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.simulators.spec.SpecFiles;
import io.aipaging.simulators.spec.SpecSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a consumer may ask for, what goes to a core is as TS 29.514 has it: two thousand random
 * requests per core, always the same ones.
 */
class CreateConformanceTest {
  private static final int REQUESTS = 2_000;
  private static final String BASE = "http://192.0.2.9:7001/npcfadapter-callbacks/v1/n5/";
  private static final String UNITS = "bps Kbps Mbps Gbps Tbps";

  @ParameterizedTest
  @EnumSource
  void everyCreateHoldsAgainstTheSpecification(Core core) {
    Path file = SpecFiles.policyAuthorization();
    assumeTrue(file != null, "TS 29.514 is not here: set AIPAGING_SPECS");
    SpecSchema spec = SpecSchema.load(file, "AppSessionContext");
    Random random = new Random(core.ordinal());
    for (int i = 0; i < REQUESTS; i++) {
      JsonNode body = body(core, random);
      assertThat(spec.faults("AppSessionContext", body)).as("request %s: %s", i, body).isEmpty();
    }
  }

  /** What schemas allow and cores stumble over: 5g-core clients send no null and nothing empty. */
  @ParameterizedTest
  @EnumSource
  void nothingIsNullOrEmpty(Core core) {
    Random random = new Random(core.ordinal());
    for (int i = 0; i < REQUESTS; i++) {
      JsonNode body = body(core, random);
      assertThat(hollow("", body)).as("request %s: %s", i, body).isEmpty();
      JsonNode component = body.at("/ascReqData/medComponents/1");
      assertThat(component.has("marBwUl")).isEqualTo(component.has("mirBwUl"));
      assertThat(component.has("marBwDl")).isEqualTo(component.has("mirBwDl"));
      assertThat(component.at("/medSubComps/1/fDescs"))
          .hasSize(2)
          .allSatisfy(
              filter ->
                  assertThat(filter.asText())
                      .matches("permit (out|in) (6|17) from \\S+( \\d+)? to \\S+( \\d+)?"));
    }
  }

  /** The only update there is. */
  @Test
  void everyRouteIsValid() {
    Path file = SpecFiles.policyAuthorization();
    assumeTrue(file != null, "TS 29.514 is not here: set AIPAGING_SPECS");
    SpecSchema spec = SpecSchema.load(file, "AppSessionContextUpdateDataPatch");
    Random random = new Random(1);
    for (int i = 0; i < REQUESTS; i++) {
      JsonNode body =
          new AppSessionWriter(Core.REL18.profile().n5(), AppSessionDefaults.none(), BASE)
              .json(terms(random), maybe(random, () -> 60 + random.nextInt(100_000)));
      assertThat(spec.faults("AppSessionContextUpdateDataPatch", body)).as("%s", body).isEmpty();
      assertThat(hollow("", body)).as("%s", body).isEmpty();
    }
  }

  private static AppSessionTerms terms(Random random) {
    Route.Until routed = route(random);
    return new AppSessionTerms(routed.route(), routed.until());
  }

  private static Route.Until route(Random random) {
    Route route =
        new Route(
            text(random, "abcXYZ019._:-", 1 + random.nextInt(128)),
            text(random, "abcXYZ019!#~{}", 1 + random.nextInt(64)),
            "http://192.0.2.20:8095/" + text(random, "abc019-_", 1 + random.nextInt(100)),
            text(random, "abcXYZ019_-", 16 + random.nextInt(48)),
            maybe(random, () -> 1 + random.nextInt(3_600)));
    Instant end = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    return new Route.Until(route, end);
  }

  private static List<String> hollow(String at, JsonNode node) {
    List<String> hollow = new ArrayList<>();
    if (node.isNull() || (node.isContainerNode() && node.isEmpty())) {
      hollow.add(at);
    }
    node.properties()
        .forEach(member -> hollow.addAll(hollow(at + "/" + member.getKey(), member.getValue())));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      hollow.addAll(hollow(at + "/" + i, node.get(i)));
    }
    return hollow;
  }

  private static JsonNode body(Core core, Random random) {
    CreateQosBinding wish = wish(random);
    AppSessionDefaults defaults =
        new AppSessionDefaults(
            maybe(random, () -> "internet"),
            maybe(random, () -> slice(random)),
            maybe(random, () -> "aipaging"),
            random.nextBoolean()
                ? List.of(
                    new AppSessionDefaults.Tier(
                        wish.qosReference(), "AUDIO", random.nextBoolean(), random.nextBoolean()))
                : List.of(),
            maybe(random, () -> 1 + random.nextInt(200)));
    return new AppSessionWriter(core.profile().n5(), defaults, BASE)
        .json(
            BindingRequest.parse(wish)
                .order("notif-" + random.nextInt(1_000))
                .by(maybe(random, () -> route(random))));
  }

  private static CreateQosBinding wish(Random random) {
    return new CreateQosBinding(
        "ref-" + random.nextInt(1_000),
        ue(random),
        new ServiceAddress(
            random.nextBoolean()
                ? "203.0.113." + random.nextInt(256)
                : "2001:db8:5::" + hex(random),
            random.nextBoolean() ? "TCP" : "UDP",
            1 + random.nextInt(65_535)),
        maybe(random, () -> text(random, "abcxyz-.019", 1 + random.nextInt(60))),
        maybe(random, () -> slice(random)),
        maybe(random, () -> "imsi-" + text(random, "0123456789", 5 + random.nextInt(11))),
        text(random, "abcXYZ019!#~{}\"\\", 1 + random.nextInt(64)),
        maybe(random, () -> rate(random)),
        maybe(random, () -> rate(random)),
        100 + random.nextInt(59_901));
  }

  private static String ue(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> "10." + random.nextInt(256) + ".0." + (1 + random.nextInt(254));
      case 1 -> "2001:db8:45:" + hex(random) + "::" + hex(random);
      default -> "2001:db8:45:" + hex(random) + "::/64";
    };
  }

  private static String hex(Random random) {
    return Integer.toHexString(1 + random.nextInt(65_535));
  }

  private static Snssai slice(Random random) {
    String sd = random.nextBoolean() ? null : "%06x".formatted(random.nextInt(1 << 24));
    return new Snssai(random.nextInt(256), sd);
  }

  private static String rate(Random random) {
    String number = Long.toString(random.nextLong(1_000_000_000_000L));
    String fraction = random.nextBoolean() ? "" : "." + random.nextInt(1_000_000);
    return number + fraction + " " + UNITS.split(" ", -1)[random.nextInt(5)];
  }

  private static String text(Random random, String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static <T> @Nullable T maybe(Random random, Supplier<T> some) {
    return random.nextBoolean() ? null : some.get();
  }
}

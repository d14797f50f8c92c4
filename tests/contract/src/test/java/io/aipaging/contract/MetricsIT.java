package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.contract.ExposureProducerIT.RunningNef;
import io.aipaging.contract.MetricsTable.Row;
import io.aipaging.nef.Nef;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.paging.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What running functions show is what {@code docs/metrics.md} says, and does not grow. */
class MetricsIT {
  @TempDir static Path folder;
  private static TestIssuer issuer;
  private static PagingPart set;
  private static Nef nef;
  private static Wire wire;

  @BeforeAll
  static void start() throws Exception {
    issuer = new TestIssuer(folder);
    set = new PagingPart(issuer, folder);
    nef = RunningNef.start(issuer, set);
    wire = new Wire();
    traffic();
  }

  @AfterAll
  static void stop() {
    wire.close();
    nef.close();
    set.close();
    issuer.close();
  }

  @Test
  void everyFunctionShowsWhatThePageSaysAndNothingElse() throws IOException {
    List<Row> rows = MetricsTable.rows();
    assertThat(rows).hasSizeGreaterThan(40);
    for (Map.Entry<String, Scrape> function : scrapes().entrySet()) {
      List<Row> own = own(rows, function.getKey());
      Scrape shown = function.getValue();
      assertThat(shown.kinds().keySet())
          .as("shown by %s and on the page", function.getKey())
          .isSubsetOf(names(own, false))
          .containsAll(names(own, true));
      own.stream()
          .filter(row -> shown.kinds().containsKey(row.name()))
          .forEach(
              row -> {
                assertThat(shown.kinds().get(row.name())).as(row.name()).isEqualTo(row.kind());
                assertThat(shown.labels().get(row.name())).as(row.name()).isEqualTo(row.labels());
              });
    }
  }

  @Test
  void whatNeedsMoreConfigurationIsInTheSources() throws IOException {
    String sources = sources();
    for (Row row : MetricsTable.rows()) {
      String meter = row.name().replaceFirst("_(total|seconds)$", "").replace('_', '.');
      assertThat(sources).as(row.name()).contains("\"" + meter);
    }
  }

  @Test
  void namesTellUnitAndKind() throws IOException {
    for (Row row : MetricsTable.rows()) {
      assertThat(row.name().endsWith("_total"))
          .as(row.name())
          .isEqualTo(row.kind().equals("counter"));
      if (row.kind().equals("histogram")) {
        assertThat(row.name()).endsWith("_seconds");
      }
    }
  }

  @Test
  void trafficOfOtherUesAddsNoSeries() {
    Map<String, Set<String>> before = series();
    for (int i = 0; i < 3; i++) {
      traffic();
    }
    assertThat(series()).isEqualTo(before);
    assertThat(before.get("AIPF").toString()).doesNotContain("10.45.");
  }

  @Test
  void figuresTellWhatHappened() {
    Scrape before = scrapes().get("AIPF");
    Session session = set.paged();
    assertThat(scrapes().get("SMF adapter").of("smfadapter_contact_age_seconds")).isLessThan(5);
    set.moved(session);
    set.released(session);
    set.state(); // waits until all is quiet
    Scrape after = scrapes().get("AIPF");
    for (String one :
        List.of(
            "aipf_relocations_total{outcome=\"MOVED\",trigger=\"CONSUMER_REQUEST\"}",
            "aipf_relocation_seconds_count{outcome=\"MOVED\"}",
            "aipf_relocation_switch_seconds_count{outcome=\"MOVED\"}",
            "aipf_sessions_ended_total{reason=\"RELEASED_BY_CLIENT\"}",
            "aipf_transitions_total{type=\"SESSION_RELOCATED\"}")) {
      double earlier = before.series().getOrDefault(one, 0.0);
      assertThat(after.of(one) - earlier).as(one).isEqualTo(1);
    }
    assertThat(after.of("aipf_signing_seconds_count{type=\"commit+jwt\"}"))
        .isGreaterThanOrEqualTo(before.of("aipf_signing_seconds_count{type=\"commit+jwt\"}") + 4);
    assertThat(scrapes().get("PCF adapter").of("pcfadapter_bindings{state=\"CONFIRMED\"}"))
        .isPositive();
    assertThat(scrapes().get("SMF adapter").of("smfadapter_step_seconds_count{outcome=\"DONE\"}"))
        .isGreaterThan(4);
    assertThat(scrapes().get("Anchor agent").of("aexf_admissions_total{step=\"SERVE\"}"))
        .isPositive();
  }

  /** A page by an app, and one by the operator that is released. */
  private static void traffic() {
    ObjectNode page =
        Example.named(NnefAipaging.CONTRACT, "CreateAiSession-request.json")
            .put("ueAddress", set.nextUe());
    String token = issuer.token(RunningNef.APP, RunningNef.AUDIENCE, "nnef-aipaging");
    WireReply reply =
        wire.send(
            Wire.Version.H2C,
            nef.port().getAsInt(),
            WireRequest.of(NnefAipaging.CREATE_AI_SESSION, page)
                .with("Authorization", "Bearer " + token));
    assertThat(reply.status()).as("%s", reply).isEqualTo(201);
    Session session = set.paged();
    set.moved(session);
    set.released(session);
    set.state(); // waits until all is quiet
  }

  private static Map<String, Set<String>> series() {
    return scrapes().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().series().keySet()));
  }

  private static Map<String, Scrape> scrapes() {
    Map<String, Scrape> scrapes = new LinkedHashMap<>();
    scrapes.put("AIPF", scrape(set.aipf().managementPort().getAsInt()));
    scrapes.put("NEF exposure", scrape(nef.managementPort().getAsInt()));
    scrapes.put("PCF adapter", scrape(set.qos().adapter().managementPort().getAsInt()));
    scrapes.put("SMF adapter", scrape(set.gate().adapter().managementPort().getAsInt()));
    scrapes.put("Anchor agent", scrape(set.anchor().agent().managementPort()));
    return scrapes;
  }

  private static Scrape scrape(int port) {
    WireRequest request = new WireRequest("GET", "/metrics", Map.of(), new byte[0]);
    byte[] text = wire.send(Wire.Version.HTTP_1_1, port, request).body();
    return Scrape.parse(new String(text, StandardCharsets.UTF_8));
  }

  private static List<Row> own(List<Row> rows, String function) {
    return rows.stream()
        .filter(row -> row.section().equals(function) || row.section().equals("Every function"))
        .toList();
  }

  private static Set<String> names(List<Row> rows, boolean always) {
    return rows.stream()
        .filter(row -> row.always() || !always)
        .map(Row::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String module :
        List.of(
            "sbi",
            "nf-aipf",
            "nf-nef-exposure",
            "nf-pcf-adapter",
            "nf-smf-adapter",
            "aexf-agent")) {
      try (Stream<Path> files = Files.walk(MetricsTable.ROOT.resolve(module).resolve("src/main"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }
}

package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.contract.Collector.Seen;
import io.aipaging.contract.ExposureProducerIT.RunningNef;
import io.aipaging.nef.Nef;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.sbi.trace.TracingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page is one trace, from the app's request to the core. */
class TracesIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String APP_SPAN = "00f067aa0ba902b7";

  /** Each function sends what is below such a span before it. */
  private static final Set<String> WHOLE =
      Set.of(
          "nf-nef-exposure SERVER CreateAiSession",
          "nf-aipf SERVER CreateSession",
          "nf-pcf-adapter SERVER CreateQosBinding",
          "nf-smf-adapter SERVER ApplyCommits");

  @TempDir static Path folder;
  private static TestIssuer issuer;
  private static Collector collector;
  private static PagingPart set;
  private static Nef nef;
  private static Wire wire;

  @BeforeAll
  static void start() throws Exception {
    issuer = new TestIssuer(folder);
    collector = new Collector();
    TracingConfig tracing = TracingConfig.to(collector.endpoint());
    set = new PagingPart(issuer, folder, tracing);
    nef = RunningNef.start(issuer, set, tracing);
    wire = new Wire();
  }

  @AfterAll
  static void stop() {
    wire.close();
    nef.close();
    set.close();
    collector.close();
    issuer.close();
  }

  @Test
  void aPageIsOneTraceWithEachCallBelowItsCaller() {
    page("00-" + TRACE + "-" + APP_SPAN + "-01");

    List<Seen> trace = collector.trace(TRACE, WHOLE);
    Seen root = one(trace, "nf-nef-exposure", "SERVER", "CreateAiSession");
    assertThat(root.parent()).isEqualTo(APP_SPAN);
    Seen asked = one(trace, "nf-nef-exposure", "CLIENT", "CreateSession");
    assertThat(asked.parent()).isEqualTo(root.id());
    Seen page = one(trace, "nf-aipf", "SERVER", "CreateSession");
    assertThat(page.parent()).isEqualTo(asked.id());

    Seen bind = one(trace, "nf-aipf", "CLIENT", "CreateQosBinding");
    assertThat(bind.parent()).isEqualTo(page.id());
    Seen bound = one(trace, "nf-pcf-adapter", "SERVER", "CreateQosBinding");
    assertThat(bound.parent()).isEqualTo(bind.id());
    Seen core = one(trace, "nf-pcf-adapter", "CLIENT", "npcf-policyauthorization");
    assertThat(core.parent()).isEqualTo(bound.id());
    assertThat(core.attributes()).containsEntry("http.response.status_code", "201");

    Seen steer = one(trace, "nf-aipf", "CLIENT", "ApplyCommits");
    assertThat(steer.parent()).isEqualTo(page.id());
    assertThat(one(trace, "nf-smf-adapter", "SERVER", "ApplyCommits").parent())
        .isEqualTo(steer.id());
    assertThat(page.attributes())
        .containsEntry("http.route", "/naipf-paging/v1/sessions")
        .containsEntry("http.response.status_code", "201");
  }

  @Test
  void noSpanNamesAUeASessionOrAToken() {
    String ue = page("00-" + TRACE.replace('4', '5') + "-" + APP_SPAN + "-01");
    List<Seen> trace = collector.trace(TRACE.replace('4', '5'), WHOLE);
    assertThat(trace.toString()).doesNotContain(ue).doesNotContain("10.45.").doesNotContain("eyJ");
    assertThat(
            trace.stream()
                .flatMap(span -> span.attributes().keySet().stream())
                .collect(Collectors.toSet()))
        .isSubsetOf(
            Set.of("http.request.method", "http.response.status_code", "http.route", "error.type"));
  }

  @Test
  void aBadTraceparentBeginsATraceOfItsOwn() {
    for (String bad :
        List.of(
            "nonsense",
            "00-00000000000000000000000000000000-" + APP_SPAN + "-01",
            "00-" + TRACE.replace('4', '6') + "-0000000000000000-01",
            "00-" + "a".repeat(5_000))) {
      page(bad);
    }
    page("00-" + TRACE.replace('4', '7') + "-" + APP_SPAN + "-01");
    collector.trace(TRACE.replace('4', '7'), WHOLE);
    List<Seen> roots =
        collector.all().stream()
            .filter(span -> span.name().equals("CreateAiSession") && span.parent().isEmpty())
            .toList();
    assertThat(roots).hasSize(4);
    assertThat(roots.stream().map(Seen::trace).distinct()).hasSize(4);
    assertThat(collector.all().stream().map(Seen::trace)).doesNotContain(TRACE.replace('4', '6'));
  }

  @Test
  void whatIsNotSampledIsNotSent() {
    page("00-" + TRACE.replace('4', '8') + "-" + APP_SPAN + "-00");
    page("00-" + TRACE.replace('4', '9') + "-" + APP_SPAN + "-01");
    collector.trace(TRACE.replace('4', '9'), WHOLE);
    assertThat(collector.all().stream().map(Seen::trace)).doesNotContain(TRACE.replace('4', '8'));
  }

  /** A page by an app; answers the UE's address. */
  private static String page(String traceparent) {
    String ue = set.nextUe();
    ObjectNode page =
        Example.named(NnefAipaging.CONTRACT, "CreateAiSession-request.json").put("ueAddress", ue);
    String token = issuer.token(RunningNef.APP, RunningNef.AUDIENCE, "nnef-aipaging");
    WireReply reply =
        wire.send(
            Wire.Version.H2C,
            nef.port().getAsInt(),
            WireRequest.of(NnefAipaging.CREATE_AI_SESSION, page)
                .with("Authorization", "Bearer " + token)
                .with("traceparent", traceparent));
    assertThat(reply.status()).as("%s", reply).isEqualTo(201);
    return ue;
  }

  private static Seen one(List<Seen> trace, String function, String kind, String name) {
    List<Seen> found =
        trace.stream()
            .filter(span -> span.title().equals(function + " " + kind + " " + name))
            .toList();
    assertThat(found).as("%s %s %s in %s", function, kind, name, trace).isNotEmpty();
    return found.getFirst();
  }
}

package io.aipaging.pcfadapter;

import static io.aipaging.pcfadapter.AdapterFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import io.aipaging.simulators.flavor.Flavor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bindings at a core of which nothing is configured but its NRF. */
class DiscoveredCoreIT extends DiscoveredCoreFixture {
  /** O-17, O-18, F-17, F-18: subscriber, DNN and slice are the BSF's, where it says them. */
  @ParameterizedTest
  @CsvSource({"REL18, false", "REL18, true", "OPEN5GS, false", "FREE5GC, false", "FREE5GC, true"})
  void aBindingIsMadeAtThePcfThatTheBsfNames(Flavor flavor, boolean oauth2) {
    start(flavor, oauth2);
    assertThat(create("b1", "10.45.0.2").state()).isEqualTo("HELD");
    JsonNode asc = core.sessions().get(0).at("/context/ascReqData");
    assertThat(asc.path("dnn").asText()).isEqualTo("internet");
    assertThat(asc.at("/sliceInfo/sst").asInt()).isEqualTo(1);
    assertThat(asc.path("supi").asText("")).matches(flavor == Flavor.OPEN5GS ? "" : "imsi-\\d{15}");
    assertThat(create("b2", "2001:db8:45::7").state()).isEqualTo("HELD");
    delete("b1");
    delete("b2");
    Eventually.holds("deleted", () -> core.sessions().isEmpty());
    assertThat(core.violations()).isEmpty();
    assertThat(running.bsfCounts()).containsEntry("lookup", 2L);
  }

  /** O-18, O-19: without a binding the NRF's PCF decides whether there is a PDU session. */
  @ParameterizedTest
  @EnumSource(names = {"REL18", "OPEN5GS"})
  void aBsfThatHasForgottenTheSessionIsNoObstacle(Flavor flavor) {
    start(flavor, false);
    running.forgetBindings(true);
    assertThat(create("b1", "10.45.0.2").state()).isEqualTo("HELD");
    assertRefused(() -> create("b2", "10.99.0.2"), 403, "PDU_SESSION_NOT_AVAILABLE");
  }

  /** F-18: without its subscriber free5GC may bind the session of another UE. */
  @Test
  void nothingIsAskedOfACoreThatNeedsASubscriberNobodyKnows() {
    start(Flavor.FREE5GC, false);
    running.forgetBindings(true);
    assertRefused(() -> create("b1", "10.45.0.2"), 403, "PDU_SESSION_NOT_AVAILABLE");
    assertThat(core.count("CREATE")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aRestartedAdapterDeletesWhatItMadeAtThatPcf(Flavor flavor) {
    start(flavor, flavor == Flavor.FREE5GC);
    var _ = create("b1", "10.45.0.2");
    adapter.close();
    assertThat(core.sessions()).hasSize(1);
    adapter = PcfAdapterMain.start(config(flavor));
    Eventually.holds("registered", () -> running.consumers().size() == 1);
    delete("b1");
    Eventually.holds("deleted", () -> core.sessions().isEmpty());
  }

  /** F-12: without a token nothing was asked of the PCF, so nothing can be lost there. */
  @Test
  void aBindingForWhichThereIsNoTokenIsNotLostAndLaterMade() {
    start(Flavor.FREE5GC, true);
    var _ = create("b1", "10.45.0.2");
    running.revokeTokens();
    running.forgetConsumers();
    assertRefused(() -> create("b2", "10.45.0.3"), 504, "TARGET_NF_NOT_REACHABLE");
    assertThat(core.count("CREATE")).isEqualTo(1);
    Eventually.holds("made when there are tokens again", () -> isMade("b2", "10.45.0.3"));
    assertThat(core.count("CREATE")).isEqualTo(2);
  }

  /** O-30: what a core would accept and never carry is refused before it is asked. */
  @Test
  void noMoreIsAskedForOneUeThanTheCoreCarries() {
    start(Flavor.OPEN5GS, false);
    for (int i = 1; i <= 3; i++) {
      assertThat(create("b" + i, "10.45.0.2").state()).isEqualTo("HELD");
    }
    assertRefused(
        () -> create("b4", "10.45.0.2"), 403, "REQUESTED_SERVICE_TEMPORARILY_NOT_AUTHORIZED");
    assertThat(core.count("CREATE")).isEqualTo(3);
  }

  /** O-39, F-35: the simulator counts what overlaps, and what follows too soon, as harm. */
  @ParameterizedTest
  @EnumSource
  void twoHundredAtOnceForOneUeNeverMeetAtTheCore(Flavor flavor) throws Exception {
    start(flavor, flavor == Flavor.FREE5GC);
    AtomicInteger held = new AtomicInteger();
    Queue<Integer> refused = new ConcurrentLinkedQueue<>();
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String ref = "many-" + i;
        var _ =
            all.submit(
                () -> {
                  try {
                    var _ = create(ref, "10.45.0.2");
                    held.incrementAndGet();
                    delete(ref);
                  } catch (Refusal e) {
                    refused.add(e.status());
                  }
                });
      }
    }
    assertThat(held).hasPositiveValue();
    assertThat(refused).hasSize(200 - held.get()).containsOnly(403);
    assertThat(core.count("CREATE")).isEqualTo(held.get());
    Eventually.holds("deleted", () -> core.sessions().isEmpty());
    assertThat(core.violations()).isEmpty();
  }

  @Test
  void aCoreThatIsAwayIsTold() {
    start(Flavor.REL18, false);
    core.close();
    running.close();
    assertRefused(() -> create("b1", "10.45.0.2"), 504, "TARGET_NF_NOT_REACHABLE");
  }
}

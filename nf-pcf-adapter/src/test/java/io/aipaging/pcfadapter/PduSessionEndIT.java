package io.aipaging.pcfadapter;

import static io.aipaging.pcfadapter.AdapterFixture.assertRefused;
import static io.aipaging.pcfadapter.AdapterFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import io.aipaging.simulators.flavor.Flavor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PDU sessions that end while the core tells nobody, and addresses given to another UE. */
class PduSessionEndIT extends DiscoveredCoreFixture {
  private static final String UE = "10.45.0.2";
  private static final ReportQosBinding OVER =
      new ReportQosBinding("b1", "TERMINATED", "PDU_SESSION_TERMINATION");

  PduSessionEndIT() {
    checkEvery = Duration.ofMillis(200);
  }

  @Override
  @Nullable List<URI> pduInfo() {
    return flavor == Flavor.OPEN5GS ? List.of(running.smfInfoUri()) : null;
  }

  private void confirmed() {
    confirmed("b1");
  }

  private void confirmed(String ref) {
    var _ = create(ref, UE);
    var _ =
        adapter
            .qosBinding()
            .confirmQosBinding(
                call(), new ConfirmQosBinding(ref, Instant.now().plus(Duration.ofHours(1))));
  }

  /** O-37, F-31: nobody says anything, and the next look finds it. */
  @ParameterizedTest
  @EnumSource
  void aPduSessionThatEndsSilentlyEndsItsBinding(Flavor flavor) {
    start(flavor, false);
    confirmed();
    running.pcf().endSilently(UE);
    Eventually.holds("told", () -> !aipf.heard.isEmpty());
    assertThat(aipf.heard).containsExactly(OVER);
    assertThat(core.violations()).isEmpty();
  }

  /** O-21: the UE that has the address now gets nothing of what was its predecessor's. */
  @ParameterizedTest
  @EnumSource
  void anAddressOfAnotherUeEndsTheBindingAndIsNotBoundAgain(Flavor flavor) {
    start(flavor, false);
    confirmed();
    Eventually.holds("the owner is known", this::ownerIsKnown);
    running.pcf().reassign(UE);
    Eventually.holds("told", () -> !aipf.heard.isEmpty());
    assertThat(aipf.heard).containsExactly(OVER);
    assertRefused(() -> create("b1", UE), 409, "BINDING_REF_IN_USE");
    assertThat(core.sessions()).isEmpty();
    assertThat(create("b2", UE).state()).isEqualTo("HELD");
  }

  /** What a comparison of the AIPF does while the adapter's own look has not come round yet. */
  @ParameterizedTest
  @EnumSource(names = {"REL18", "FREE5GC"})
  void whatWasLostIsNotMadeAgainForAnotherUe(Flavor flavor) {
    checkEvery = Duration.ofHours(1);
    start(flavor, false);
    confirmed();
    running.pcf().reassign(UE);
    assertRefused(
        () -> adapter.qosBinding().getQosBinding(call(), new GetQosBinding("b1")),
        404,
        "BINDING_NOT_FOUND");
    assertRefused(() -> create("b1", UE), 403, "PDU_SESSION_NOT_AVAILABLE");
    assertThat(core.sessions()).isEmpty();
  }

  /** O-19: a BSF that has restarted proves nothing. */
  @ParameterizedTest
  @EnumSource(names = {"REL18", "FREE5GC"})
  void aBsfThatHasForgottenEndsNothing(Flavor flavor) {
    start(flavor, false);
    confirmed();
    running.forgetBindings(true);
    long asked = running.bsfCounts().get("lookup");
    Eventually.holds("looked", () -> running.bsfCounts().get("lookup") > asked + 3);
    assertThat(aipf.heard).isEmpty();
    assertThat(isThere()).isTrue();
  }

  @Test
  void anSmfThatIsAwayEndsNothing() {
    start(Flavor.OPEN5GS, false);
    confirmed();
    running.breakSmfInfo();
    long asked = running.smfInfoAsked();
    Eventually.holds("looked", () -> running.smfInfoAsked() > asked + 3);
    assertThat(aipf.heard).isEmpty();
    assertThat(isThere()).isTrue();
  }

  /** O-29: what the PCF accepts is not what the SMF carries. */
  @Test
  void flowsThatTheSmfShowsAreToldAndThoseItHasLostToo() {
    start(Flavor.OPEN5GS, false);
    confirmed();
    Eventually.holds("seen", () -> heard("b1", "GUARANTEED", null));
    confirmed("b2");
    Eventually.holds("seen", () -> heard("b2", "GUARANTEED", null));
    running.pcf().loseFlows(UE, true);
    Eventually.holds("missed", () -> heard("b1", "NOT_GUARANTEED", "NO_QOS_FLOW"));
    Eventually.holds("missed", () -> heard("b2", "NOT_GUARANTEED", "NO_QOS_FLOW"));
    running.pcf().loseFlows(UE, false);
    Eventually.holds("seen again", () -> aipf.heard.size() == 6);
    assertThat(aipf.heard).filteredOn(told -> told.status().equals("GUARANTEED")).hasSize(4);
    assertThat(isThere()).isTrue();
  }

  private boolean heard(String ref, String status, @Nullable String cause) {
    return aipf.heard.contains(new ReportQosBinding(ref, status, cause));
  }

  private boolean isThere() {
    try {
      return adapter
          .qosBinding()
          .getQosBinding(call(), new GetQosBinding("b1"))
          .state()
          .equals("CONFIRMED");
    } catch (Refusal e) {
      return false;
    }
  }

  /** From the BSF at once; from Open5GS's SMF with the first look after the create. */
  private boolean ownerIsKnown() {
    return journal().contains("\"digest\"");
  }
}

package io.aipaging.simulators.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.nrf.Nrf;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.nrf.OfferedService;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.simulators.CoreSimulator;
import io.aipaging.simulators.flavor.Flavor;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The NRF client beside each simulated core; quirks are named where a test is about them. */
class NrfIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String N5 = "npcf-policyauthorization";

  private final Vertx vertx = SbiVertx.create(1);
  private RunningCore core = CoreSimulator.start(CoreSimulatorConfig.of(Flavor.REL18, false));
  private Nrf nrf;

  private void open(Flavor flavor, boolean oauth2) {
    core.close();
    core = CoreSimulator.start(CoreSimulatorConfig.of(flavor, oauth2));
    open(flavor, List.of(core.nrfUri()));
  }

  private void open(Flavor flavor, List<URI> uris) {
    open(profile(flavor), uris);
  }

  private void open(CoreProfile profile, List<URI> uris) {
    NrfConfig config =
        new NrfConfig(
            uris, null, null, "127.0.0.1", Duration.ofSeconds(1), Duration.ofSeconds(3), null);
    Nrf.Who who =
        new Nrf.Who("nf-test", List.of(new OfferedService("naipf-paging", "1.0.0", true, 7710)));
    nrf = Nrf.open(config, profile, who, vertx);
  }

  private static CoreProfile profile(Flavor flavor) {
    return Core.valueOf(flavor.name()).profile();
  }

  @AfterEach
  void close() {
    if (nrf != null) {
      nrf.close();
    }
    core.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static void soon(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private void awaitRegistered() {
    soon("registered", () -> nrf.registeredAs().isPresent());
  }

  /** O-01, O-02, F-01, F-02. */
  @ParameterizedTest
  @CsvSource({"REL18, CUSTOM_AIPF", "OPEN5GS, AF", "FREE5GC, AF"})
  void itRegistersAsWhatTheCoreAccepts(Flavor flavor, String nfType) {
    open(flavor, false);
    awaitRegistered();
    assertThat(nrf.registeredAs()).contains(nfType);
    assertThat(core.consumers().values()).containsExactly(nfType);
    assertThat(core.nrfCounts()).containsEntry("register", nfType.equals("AF") ? 2L : 1L);
  }

  /** O-04, O-05, F-08: Open5GS forgets who is silent for 2 s here. */
  @ParameterizedTest
  @EnumSource
  void itStaysRegisteredByHeartbeats(Flavor flavor) {
    open(flavor, false);
    awaitRegistered();
    long registrations = core.nrfCounts().get("register");
    soon("four heartbeats", () -> core.nrfCounts().getOrDefault("heartbeat", 0L) >= 4);
    assertThat(core.consumers()).hasSize(1);
    assertThat(core.nrfCounts()).containsEntry("register", registrations);
  }

  @ParameterizedTest
  @EnumSource
  void whatItSendsHoldsAgainstTheSpecification(Flavor flavor) {
    open(flavor, flavor == Flavor.FREE5GC);
    assumeTrue(
        core.nrfFaults() != null,
        "TS 29.510 is not here; set AIPAGING_SPECS to the folder that holds rel18/");
    awaitRegistered();
    soon("a heartbeat", () -> core.nrfCounts().getOrDefault("heartbeat", 0L) >= 1);
    assertThat(core.nrfFaults()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void itRegistersAnewWhenItIsForgotten(Flavor flavor) {
    open(flavor, false);
    awaitRegistered();
    core.forgetConsumers();
    assertThat(core.consumers()).isEmpty();
    soon("registered anew", () -> core.consumers().size() == 1);
  }

  /** Its old tokens are good for nothing, and it gets no new one before it is registered again. */
  @Test
  void itRegistersAnewAtAnNrfThatHasForgottenItsTokensToo() {
    open(Flavor.FREE5GC, true);
    awaitRegistered();
    soon("a heartbeat", () -> core.nrfCounts().getOrDefault("heartbeat", 0L) >= 1);
    core.revokeTokens();
    core.forgetConsumers();
    soon("registered anew", () -> core.consumers().size() == 1);
  }

  @Test
  void aRefusedTokenIsReplacedForDiscovery() {
    open(Flavor.FREE5GC, true);
    awaitRegistered();
    assertThat(nrf.discover("PCF", N5)).isNotEmpty();
    core.revokeTokens();
    assertThat(nrf.discover("BSF", "nbsf-management")).isNotEmpty();
  }

  /** F-07. */
  @ParameterizedTest
  @EnumSource
  void itDeregistersWhenItEnds(Flavor flavor) {
    open(flavor, flavor == Flavor.FREE5GC);
    awaitRegistered();
    nrf.close();
    assertThat(core.consumers()).isEmpty();
    assertThat(core.nrfCounts()).containsEntry("deregister", 1L);
  }

  /** O-11: an AF is told of no UDR there; the others name theirs. */
  @ParameterizedTest
  @EnumSource
  void anAfMayNotLearnOfEverybody(Flavor flavor) {
    open(flavor, false);
    assertThat(nrf.discover("UDR", "nudr-dr")).hasSize(flavor == Flavor.OPEN5GS ? 0 : 1);
  }

  /** O-10, O-13, F-03, F-04, F-05, F-06: free5GC goes on to name one that is dead. */
  @ParameterizedTest
  @EnumSource
  void itFindsProducersAndAsksOnceWhileTheAnswerIsValid(Flavor flavor) {
    open(flavor, false);
    URI pcf = URI.create("http://127.0.0.1:" + core.pcf().port());
    List<URI> found = nrf.discover("PCF", N5);
    assertThat(found).hasSize(flavor == Flavor.FREE5GC ? 2 : 1).endsWith(pcf);
    assertThat(nrf.discover("PCF", N5)).isEqualTo(found);
    assertThat(nrf.discover("CHF", "nchf-convergedcharging")).isEmpty();
    assertThat(core.nrfCounts()).containsEntry("discover", 2L);
  }

  @Test
  void anAgedAnswerIsBetterThanNoneWhileTheNrfIsAway() {
    CoreProfile given = profile(Flavor.REL18);
    CoreProfile brief =
        new CoreProfile(
            given.http2(),
            given.nfTypes(),
            given.requesterNfType(),
            given.tokens(),
            Duration.ofSeconds(1),
            given.n5());
    open(brief, List.of(core.nrfUri()));
    List<URI> found = nrf.discover("PCF", N5);
    core.close();
    long aged = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
    while (System.nanoTime() < aged) {
      assertThat(nrf.discover("PCF", N5)).isEqualTo(found).hasSize(1);
    }
    assertThatThrownBy(() -> nrf.discover("BSF", "nbsf-management"))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.problemCause()).isEqualTo("TARGET_NF_NOT_REACHABLE"));
  }

  @Test
  void theNextNrfIsAskedWhenTheFirstIsAway() {
    RunningCore away = CoreSimulator.start(CoreSimulatorConfig.of(Flavor.REL18, false));
    away.close();
    open(Flavor.REL18, List.of(away.nrfUri(), core.nrfUri()));
    awaitRegistered();
    assertThat(nrf.discover("BSF", "nbsf-management")).hasSize(1);
  }

  /** F-09, F-10, F-12: the token has neither issuer nor audience to look at. */
  @ParameterizedTest
  @EnumSource(names = {"REL18", "FREE5GC"})
  void tokensAreFetchedOnceAndAgainWhenRefused(Flavor flavor) {
    open(flavor, true);
    awaitRegistered();
    try (RawClient pcf = client(flavor)) {
      assertThat(status(pcf)).isEqualTo(404);
      assertThat(status(pcf)).isEqualTo(404);
      assertThat(core.nrfCounts()).containsEntry("token", 1L);
      core.revokeTokens();
      assertThat(status(pcf)).isEqualTo(404);
      assertThat(core.nrfCounts()).containsEntry("token", 2L);
    }
  }

  /** F-11: the core's answer is an error of ours, not a crash, and asking rests for a second. */
  @Test
  void aRefusedTokenIsNotAskedForInAStorm() {
    open(Flavor.FREE5GC, true);
    awaitRegistered();
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> nrf.tokens("CHF").token("nchf-convergedcharging"))
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.problemCause()).isEqualTo("INBOUND_SERVER_ERROR"));
    }
    assertThat(core.nrfCounts()).containsEntry("token", 1L);
  }

  /** O-12. */
  @Test
  void aCoreWithoutTokensIsNeverAskedForOne() {
    open(Flavor.OPEN5GS, false);
    awaitRegistered();
    try (RawClient pcf = client(Flavor.OPEN5GS)) {
      assertThat(status(pcf)).isEqualTo(405);
    }
    assertThat(core.nrfCounts()).doesNotContainKey("token");
  }

  private RawClient client(Flavor flavor) {
    ClientConfig plain =
        ClientConfig.cleartext(URI.create("http://127.0.0.1:" + core.pcf().port()));
    return RawClient.create(
        profile(flavor).http2() ? plain : plain.overHttp1(),
        new RawClient.Access(nrf.tokens("PCF"), N5),
        vertx);
  }

  private static int status(RawClient pcf) {
    return pcf.send(
            RawClient.Request.of("GET", "/npcf-policyauthorization/v1/app-sessions/x", null),
            Duration.ofSeconds(5))
        .status();
  }
}

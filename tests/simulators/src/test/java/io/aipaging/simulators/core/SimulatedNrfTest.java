package io.aipaging.simulators.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.spec.SpecFiles;
import io.aipaging.simulators.spec.SpecSchema;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SimulatedNrfTest {
  private final AtomicLong nanos = new AtomicLong();
  private final SimulatedNrf nrf =
      new SimulatedNrf(
          Quirk.of(Flavor.OPEN5GS), false, nanos::get, () -> URI.create("http://nrf"), null);

  private static ObjectNode profile(String id, String nfType) {
    ObjectNode profile = JsonNodeFactory.instance.objectNode();
    profile.put("nfInstanceId", id).put("nfType", nfType).put("nfStatus", "REGISTERED");
    profile.putArray("ipv4Addresses").add("127.0.0.1");
    return profile;
  }

  /** O-04. */
  @Test
  void whoIsSilentIsForgottenAndTheCoreItselfIsNot() {
    nrf.registerOwn("bsf", profile("bsf", "BSF"));
    Answer registered = nrf.register("af", profile("af", "AF"));
    assertThat(registered.status()).isEqualTo(201);
    assertThat(registered.body().path("heartBeatTimer").asInt()).isEqualTo(10);
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(nrf.consumers()).containsOnlyKeys("af");
    nanos.addAndGet(1);
    assertThat(nrf.consumers()).isEmpty();
    assertThat(nrf.beat("af", JsonNodeFactory.instance.arrayNode()).status()).isEqualTo(404);
  }

  /** O-05, O-07. */
  @Test
  void oddRequestsAreRefused() {
    assertThat(nrf.register("af", profile("af", "AF")).status()).isEqualTo(201);
    ObjectNode foreign = profile("other", "AF");
    foreign.putArray("plmnList").addObject().put("mcc", "001").put("mnc", "01");
    assertThat(nrf.register("other", foreign).status()).isEqualTo(400);
    var patch = JsonNodeFactory.instance.arrayNode();
    patch.addObject().put("op", "add").put("path", "/nfStatus").put("value", "REGISTERED");
    assertThat(nrf.beat("af", patch).status()).isEqualTo(400);
  }

  @Test
  void whatIsAgainstTheSpecificationIsNoted() {
    Path file = SpecFiles.nfManagement();
    assumeTrue(
        file != null, "TS 29.510 is not here; set AIPAGING_SPECS to the folder that holds rel18/");
    SimulatedNrf strict =
        new SimulatedNrf(
            Set.of(),
            false,
            nanos::get,
            () -> URI.create("http://nrf"),
            SpecSchema.load(file, SimulatedNrf.PROFILE, SimulatedNrf.CHANGE));
    ObjectNode empty = profile("af", "AF").put("heartBeatTimer", 0);
    empty.putArray("nfServices");
    assertThat(strict.register("af", empty).status()).isEqualTo(400);
    assertThat(strict.faults())
        .anyMatch(fault -> fault.contains("heartBeatTimer"))
        .anyMatch(fault -> fault.contains("nfServices"));
  }
}

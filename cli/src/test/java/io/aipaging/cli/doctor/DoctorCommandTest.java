package io.aipaging.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.certs.DevPki;
import io.aipaging.certs.Subject;
import io.aipaging.cli.doctor.Finding.Level;
import io.aipaging.sbi.Json;
import io.aipaging.simulators.CoreSimulator;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.core.RunningCore;
import io.aipaging.simulators.flavor.Flavor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code aipaging doctor}: every fault it knows is made, seen, and has a remedy. */
class DoctorCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private DevPki.Identity identity;

  @BeforeEach
  void issue() {
    identity =
        DevPki.in(folder.resolve("pki"), InstantSource.system())
            .identity(
                new Subject("nf-aipf", UUID.randomUUID(), List.of("nf"), List.of("127.0.0.1")));
  }

  private int run(String... arguments) {
    return new CommandLine(new DoctorCommand()).setOut(new PrintWriter(out)).execute(arguments);
  }

  private Finding only(String yaml) throws Exception {
    List<Finding> found = all(yaml, InstantSource.system());
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<Finding> all(String yaml, InstantSource clock) throws Exception {
    Path file = Files.writeString(folder.resolve("nf.yaml"), yaml);
    return new ConfigChecks(new FileChecks(clock), new PeerChecks()).of(file);
  }

  private static void assertBad(Finding found, String seen) {
    assertThat(found.level()).as(found.toString()).isEqualTo(Level.BAD);
    assertThat(found.seen()).contains(seen);
    assertThat(found.remedy()).isNotEmpty();
  }

  @Test
  void whatAConfigurationNamesIsFoundWhereverItStands() throws Exception {
    try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      List<Finding> found =
          all(
              """
              listener: {port: 0, tls: {cert-file: %s, key-file: %s, trust-file: %s}}
              store: {path: %s}
              gates:
                - {enforcer-id: g, client: {base-uri: "http://127.0.0.1:%d"}}
              nrf: {uris: ["http://127.0.0.1:%d"]}
              """
                  .formatted(
                      identity.certFile(),
                      identity.keyFile(),
                      identity.trustFile(),
                      folder.resolve("a/new/store"),
                      peer.getLocalPort(),
                      peer.getLocalPort()),
              InstantSource.system());
      assertThat(found).extracting(Finding::level).containsOnly(Level.OK);
      assertThat(found)
          .extracting(Finding::check)
          .containsExactly(
              "listener.tls.cert-file",
              "listener.tls.key-file",
              "listener.tls.trust-file",
              "store.path",
              "gates.0.client.base-uri",
              "nrf.uris");
    }
  }

  @Test
  void aListOfRevokedCertificatesThatEndsIsDoubtfulThenBad() throws Exception {
    Path list = DevPki.in(folder.resolve("pki"), InstantSource.system()).revoke(null);
    String yaml = "crl-file: " + list;
    Finding good = only(yaml);
    assertThat(good.level()).isEqualTo(Level.OK);
    Instant ends = Instant.parse(good.seen().replaceAll(".* until ", ""));
    assertThat(all(yaml, () -> ends.minus(Duration.ofDays(2))).getFirst().level())
        .isEqualTo(Level.DOUBTFUL);
    assertBad(all(yaml, () -> ends.plusSeconds(1)).getFirst(), "out of date");
    assertBad(only("crl-file: " + folder.resolve("nothing")), "nothing");
    Files.writeString(list, "nonsense");
    assertBad(only(yaml), "list of revoked certificates");
  }

  @Test
  void aCertificateThatEndsIsDoubtfulThenBad() throws Exception {
    String yaml = "cert-file: " + identity.certFile();
    Instant ends = Instant.parse(only(yaml).seen().replaceAll(".* until ", ""));
    assertThat(all(yaml, () -> ends.minus(Duration.ofDays(3))).getFirst().level())
        .isEqualTo(Level.DOUBTFUL);
    assertBad(all(yaml, () -> ends.plusSeconds(1)).getFirst(), "ended at");
    assertBad(all(yaml, () -> Instant.EPOCH).getFirst(), "valid only later");
  }

  @Test
  void filesThatAreNotThereOrNoneOfTheirKindAreBad() throws Exception {
    Path nonsense = Files.writeString(folder.resolve("nonsense"), "nonsense");
    assertBad(only("cert-file: " + folder.resolve("nothing")), "cannot be read");
    assertBad(only("trust-file: " + nonsense), "certificate");
    assertBad(only("key-file: " + folder.resolve("nothing")), "cannot be read");
    assertBad(only("catalog: " + folder.resolve("nothing")), "cannot be read");
    assertBad(only("journal: " + nonsense.resolve("below/a/file")), "cannot be written");
    assertBad(only("base-uri: [}"), "YAML");
  }

  @Test
  void aFileUriIsAPath() throws Exception {
    Finding found = only("cert-file: \"" + identity.certFile().toUri() + "\"");
    assertThat(found.level()).as(found.toString()).isEqualTo(Level.OK);
  }

  @Test
  void aSecretThatEverybodyCanReadIsBad() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "x");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertBad(only("client-secret-file: " + secret), "everybody");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(only("client-secret-file: " + secret).level()).isEqualTo(Level.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "'http://127.0.0.1:9', does not listen",
    "'http://no-such-name.invalid:80', nobody's name",
    "'urn:something', names no host"
  })
  void aPeerThatIsNotThereIsBad(String uri, String seen) throws Exception {
    assertBad(only("base-uri: \"" + uri + "\""), seen);
  }

  @Test
  void theClockIsJudgedByTheSkewBound() {
    Duration bound = Duration.ofMillis(250);
    assertThat(clock(new KernelClock(true, Duration.ofMillis(250))).clock(bound).level())
        .isEqualTo(Level.OK);
    assertThat(clock(new KernelClock(true, Duration.ofMillis(251))).clock(bound).level())
        .isEqualTo(Level.DOUBTFUL);
    assertThat(clock(new KernelClock(false, Duration.ZERO)).clock(bound).seen())
        .contains("nobody who keeps it");
    assertThat(clock(null).clock(bound).level()).isEqualTo(Level.DOUBTFUL);
    assertThat(KernelClock.ask()).isNotNull();
  }

  private static HostChecks clock(KernelClock clock) {
    return new HostChecks(() -> Optional.ofNullable(clock), Path.of("/proc"));
  }

  @Test
  void whoMayNotChangeTheNetworkIsTold() throws Exception {
    Path status = Files.createDirectories(folder.resolve("self")).resolve("status");
    Files.writeString(status, "Name:\tjava\nCapEff:\t0000000000001000\n");
    HostChecks host = new HostChecks(Optional::empty, folder);
    assertThat(host.gate().getLast().level()).isEqualTo(Level.OK);
    Files.writeString(status, "CapEff:\t0000000000000fff\n");
    assertBad(host.gate().getLast(), "does not have it");
    Files.delete(status);
    assertThat(host.gate().getLast().level()).isEqualTo(Level.DOUBTFUL);
  }

  @Test
  void aCoreIsRecognizedAndLeftAsItWas() throws Exception {
    try (RunningCore core = CoreSimulator.start(CoreSimulatorConfig.of(Flavor.OPEN5GS, false))) {
      run("--nrf", core.nrfUri().toString(), "--json");
      assertThat(core.consumers()).isEmpty();
    }
    JsonNode found = Json.MAPPER.readTree(out.toString()).path("findings");
    assertThat(found.findValuesAsText("check")).containsExactly("clock", "core");
    assertThat(found.get(1).path("level").asText()).isEqualTo("OK");
    assertThat(found.get(1).path("seen").asText()).contains("open5gs", "AF");
  }

  @Test
  void somethingBadIsTheExitCodeAndSaysWhatToDo() throws Exception {
    Path file = Files.writeString(folder.resolve("nf.yaml"), "cert-file: /nothing\n");
    assertThat(run(file.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("BAD", "cert-file", "-> mount it");
    assertThat(run("--nrf", "http://127.0.0.1:9")).isEqualTo(1);
    assertThat(out.toString()).contains("core");
  }
}

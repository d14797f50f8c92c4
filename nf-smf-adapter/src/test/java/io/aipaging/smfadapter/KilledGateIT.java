package io.aipaging.smfadapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.LabAddresses;
import io.aipaging.lab.PacketWatch;
import io.aipaging.lab.Transport;
import io.aipaging.lab.WatchedService;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.Json;
import io.aipaging.smfadapter.steering.EchoAnchor;
import io.aipaging.smfadapter.steering.LabNeeded;
import io.aipaging.smfadapter.steering.TestCommits;
import io.aipaging.smfadapter.steering.TestCommits.Draft;
import io.aipaging.smfadapter.steering.UeConnection;
import io.aipaging.smfadapter.steering.nftables.LabGate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class KilledGateIT {
  private static final Duration TERM = Duration.ofSeconds(6);

  @TempDir Path folder;

  @BeforeAll
  static void labNeeded() {
    LabNeeded.orSkip();
  }

  @Test // L5.31
  void theKernelEndsALeaseWhoseGateWasKilled() throws Exception {
    TestCommits commits = new TestCommits();
    WatchedService watched = new WatchedService(LabAddresses.SERVICE, Transport.TCP, LabGate.PORT);
    try (Lab lab = Lab.open();
        EchoAnchor anchor = LabGate.echo("a", lab.anchorA());
        EchoAnchor cloud = LabGate.echo("cloud", lab.cloud());
        PacketWatch atAnchor = PacketWatch.open(lab.upf(), AnchorSite.A.device(), watched)) {
      Process gate = startGate(lab, commits);
      BufferedReader said = gate.inputReader();
      awaitLine(said, "ready");
      Draft draft = draft(Instant.now(), TERM);
      tell(gate, commits.sign(draft));
      awaitLine(said, "applied ");
      try (UeConnection ue =
          new UeConnection(LabGate.connect(lab, LabAddresses.UE_1, LabAddresses.SERVICE))) {
        assertThat(ue.anchor()).isEqualTo("a");
        gate.destroyForcibly().waitFor();
        long killed = System.nanoTime();
        assertThat(ue.lastEchoSentNanos() - killed)
            .as("the connection lived on without the gate")
            .isGreaterThan(Duration.ofMillis(500).toNanos());
      }

      PacketWatch.Capture carried = atAnchor.stop();
      assertThat(carried.dropped()).isZero();
      assertThat(carried.packets()).hasSizeGreaterThan(100);
      assertThat(
              carried.after(draft.expiresAt()).stream()
                  .filter(packet -> packet.outgoing())
                  .toList())
          .as("packets to the anchor after exp")
          .isEmpty();
      assertThat(cloud.clients()).isEmpty();
      assertThat(anchor.clients()).containsOnly(LabAddresses.UE_1);
    }
  }

  /** What a gate that comes back carries is what the kernel holds, and it obeys no less. */
  @Test
  void aGateThatWasKilledCarriesWhatTheKernelHoldsAndRemembersWhatItRefuses() throws Exception {
    TestCommits commits = new TestCommits();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Draft living = draft(now, Duration.ofSeconds(60));
    Draft ended = other(Draft.serve("lease-bb", 1, now, Duration.ofSeconds(60)));
    Draft moved = other(Draft.serve("lease-bb", 2, now, Duration.ofSeconds(60)));
    Draft end = other(Draft.serve("lease-bb", 3, now, Duration.ofSeconds(60)));
    try (Lab lab = Lab.open();
        EchoAnchor anchor = LabGate.echo("a", lab.anchorA())) {
      Process first = startGate(lab, commits);
      BufferedReader said = first.inputReader();
      awaitLine(said, "ready");
      String commit = commits.sign(living);
      tell(first, commit);
      awaitLine(said, "applied ");
      tell(first, commits.sign(ended));
      awaitLine(said, "applied ");
      tell(first, commits.sign(end.ending(EndScope.SESSION)));
      awaitLine(said, "applied ");
      try (UeConnection ue =
          new UeConnection(LabGate.connect(lab, LabAddresses.UE_1, LabAddresses.SERVICE))) {
        assertThat(ue.anchor()).isEqualTo("a");
        first.destroyForcibly().waitFor();
        Process second = startGate(lab, commits);
        BufferedReader then = second.inputReader();
        awaitLine(then, "ready");
        tell(second, GateProcess.LIST);
        assertThat(awaitLine(then, "carried "))
            .isEqualTo("carried [lease-aa 1 " + living.expiresAt() + "]");
        tell(second, commits.sign(ended));
        assertThat(awaitLine(then, "refused ")).isEqualTo("refused STALE_GENERATION");
        tell(second, commits.sign(moved));
        assertThat(awaitLine(then, "refused ")).isEqualTo("refused STALE_GENERATION");
        tell(second, commit);
        awaitLine(then, "applied ");
        ue.echo(); // one connection through both gates
        second.destroyForcibly().waitFor();
      }
      assertThat(anchor.clients()).containsOnly(LabAddresses.UE_1);
    }
  }

  private static Draft other(Draft draft) {
    return draft
        .of("session-2")
        .at("a", AnchorSite.A.address() + ":" + LabGate.PORT)
        .flow(
            new Flow(
                UeAddress.parse(LabAddresses.UE_2),
                ServiceEndpoint.of(LabAddresses.SERVICE, "TCP", LabGate.PORT)));
  }

  private static void tell(Process gate, String line) throws IOException {
    Writer stdin = gate.outputWriter();
    stdin.write(line + "\n");
    stdin.flush();
  }

  /** Lines of the log come in between. */
  private String awaitLine(BufferedReader said, String start) throws IOException {
    String line = said.readLine();
    while (line != null && !GateProcess.ANSWERS.contains(line.split(" ", 2)[0])) {
      line = said.readLine();
    }
    String log = Files.readString(folder.resolve("gate.log"));
    assertThat(line).as("%s", log).startsWith(start);
    return line;
  }

  private static Draft draft(Instant now, Duration term) {
    return Draft.serve("lease-aa", 1, now, term)
        .at("a", AnchorSite.A.address() + ":" + LabGate.PORT)
        .flow(
            new Flow(
                UeAddress.parse(LabAddresses.UE_1),
                ServiceEndpoint.of(LabAddresses.SERVICE, "TCP", LabGate.PORT)));
  }

  private Process startGate(Lab lab, TestCommits commits) throws IOException {
    Path config = folder.resolve("gate.yaml");
    Files.writeString(
        config,
        """
        gate:
          enforcer-id: %s
          aipf-issuer: %s
          journal: %s
        nftables:
          ue-devices: [%s]
          n6-devices: [%s, %s]
          services:
            - {address: %s, protocol: TCP, port: %d}
          next-hops:
            - {address: %s, index: 1}
            - {address: %s, index: 2}
        """
            .formatted(
                TestCommits.GATE,
                TestCommits.SET,
                folder.resolve("gate.journal"),
                LabAddresses.UE_DEVICE,
                AnchorSite.A.device(),
                AnchorSite.B.device(),
                LabAddresses.SERVICE,
                LabGate.PORT,
                AnchorSite.A.address(),
                AnchorSite.B.address()));
    Path jwks = folder.resolve("jwks.json");
    Files.write(jwks, Json.MAPPER.writeValueAsBytes(Map.of("keys", commits.keys().jwks())));
    return lab.start(
        lab.upf()
            .command(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                GateProcess.class.getName(),
                config.toString(),
                jwks.toString())
            .redirectError(folder.resolve("gate.log").toFile()));
  }
}

package io.aipaging.smfadapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.LabAddresses;
import io.aipaging.lab.PacketWatch;
import io.aipaging.lab.Transport;
import io.aipaging.lab.WatchedService;
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
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class KilledGateIT {
  private static final Duration TERM = Duration.ofSeconds(3);

  @TempDir Path folder;

  @BeforeAll
  static void labNeeded() {
    LabNeeded.orSkip();
  }

  @Test
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
      Draft draft = draft(Instant.now());
      Writer stdin = gate.outputWriter();
      stdin.write(commits.sign(draft) + "\n");
      stdin.flush();
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

  /** Lines of the log come in between. */
  private void awaitLine(BufferedReader said, String start) throws IOException {
    assertThat(said.lines().anyMatch(line -> line.startsWith(start)))
        .as("%s, in %s", start, Files.readString(folder.resolve("gate.log")))
        .isTrue();
  }

  private static Draft draft(Instant now) {
    return Draft.serve("lease-aa", 1, now, TERM)
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

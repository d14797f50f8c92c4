package io.aipaging.smfadapter.steering.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.LabAddresses;
import io.aipaging.lab.PacketWatch;
import io.aipaging.lab.Transport;
import io.aipaging.lab.WatchedService;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.smfadapter.steering.EchoAnchor;
import io.aipaging.smfadapter.steering.LabNeeded;
import io.aipaging.smfadapter.steering.SteeringConfig;
import io.aipaging.smfadapter.steering.SteeringObserver;
import io.aipaging.smfadapter.steering.SteeringPorts;
import io.aipaging.smfadapter.steering.SteeringService;
import io.aipaging.smfadapter.steering.TestCommits;
import io.aipaging.smfadapter.steering.TestCommits.Draft;
import io.aipaging.smfadapter.steering.journal.FileGateJournal;
import io.aipaging.smfadapter.steering.probe.HttpAnchorProbe;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommitSteeringIT {
  private static final Duration MARGIN = Duration.ofMillis(250);
  private static final Duration TERM = Duration.ofMillis(2_000);
  private static final Duration PACE = Duration.ofMillis(1);

  @TempDir Path folder;

  @BeforeAll
  static void labNeeded() {
    LabNeeded.orSkip();
  }

  @Test // L5.31
  void aCommitSteersOneUesPacketsAndTheyStopAtItsExpiry() throws Exception {
    TestCommits commits = new TestCommits();
    WatchedService watched = new WatchedService(LabAddresses.SERVICE, Transport.UDP, LabGate.PORT);
    try (Lab lab = Lab.open();
        EchoAnchor anchor = LabGate.echo("a", lab.anchorA());
        NftablesDriver driver = LabGate.open(lab, LabGate.config(lab));
        DatagramSocket steered = datagrams(lab, LabAddresses.UE_1);
        DatagramSocket other = datagrams(lab, LabAddresses.UE_2);
        PacketWatch atAnchor = PacketWatch.open(lab.upf(), AnchorSite.A.device(), watched);
        PacketWatch atUe = PacketWatch.open(lab.upf(), LabAddresses.UE_DEVICE, watched);
        PacketWatch atCloud = PacketWatch.open(lab.upf(), LabAddresses.CLOUD_DEVICE, watched)) {
      Instant exp = serve(commits, driver);

      long sent = sendUntil(exp.plusMillis(400), steered, other);

      PacketWatch.Capture carried = atAnchor.stop();
      assertThat(carried.dropped()).isZero();
      assertThat(carried.packets())
          .as("about one packet a millisecond was sent, %d in all", sent)
          .hasSizeGreaterThan(200)
          .noneMatch(
              packet ->
                  packet.source().equals(LabAddresses.UE_2)
                      || packet.destination().equals(LabAddresses.UE_2));
      Duration last = Duration.between(exp, carried.packets().getLast().at());
      System.out.printf(
          "last packet %d ms relative to exp; %d packets carried%n",
          last.toMillis(), carried.matched());
      assertThat(last).isNegative().isGreaterThan(MARGIN.multipliedBy(-2));
      assertThat(carried.after(exp)).isEmpty();
      assertThat(atUe.stop().after(exp)).as("answers to UEs").noneMatch(p -> p.outgoing());
      assertThat(atCloud.stop().matched()).as("packets on the default route").isZero();
      assertThat(driver.denied().get("ul")).isPositive();
      assertThat(anchor.clients()).isEmpty();
    }
  }

  private Instant serve(TestCommits commits, NftablesDriver driver) throws Exception {
    SteeringService service =
        SteeringService.open(
            new SteeringConfig(TestCommits.GATE, MARGIN, MARGIN),
            new SteeringPorts(
                commits.verifier(MARGIN),
                driver,
                FileGateJournal.open(folder.resolve("gate.journal")),
                new HttpAnchorProbe(),
                SteeringObserver.NONE),
            new EnforcerClock(InstantSource.system(), System::nanoTime, MARGIN, MARGIN));
    Instant now = Instant.now();
    Draft draft =
        Draft.serve("lease-aa", 1, now, TERM)
            .at("a", AnchorSite.A.address() + ":" + LabGate.PORT)
            .flow(
                new Flow(
                    UeAddress.parse(LabAddresses.UE_1),
                    ServiceEndpoint.of(LabAddresses.SERVICE, "UDP", LabGate.PORT)));
    service.applyCommits(
        Call.within("test", now, Duration.ofSeconds(1)),
        new ApplyCommits(List.of(commits.sign(draft))));
    return draft.expiresAt();
  }

  private static long sendUntil(Instant end, DatagramSocket... ues) {
    long sent = 0;
    while (Instant.now().isBefore(end)) {
      for (DatagramSocket ue : ues) {
        try {
          ue.send(new DatagramPacket(new byte[] {1}, 1));
          sent++;
        } catch (IOException refused) {
          // What a denied sender is told; it goes on trying.
        }
      }
      LockSupport.parkNanos(PACE.toNanos());
    }
    return sent;
  }

  private static DatagramSocket datagrams(Lab lab, String address) throws IOException {
    return lab.ue()
        .call(
            () -> {
              DatagramSocket socket =
                  new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
              socket.connect(
                  new InetSocketAddress(InetAddress.ofLiteral(LabAddresses.SERVICE), LabGate.PORT));
              return socket;
            });
  }
}

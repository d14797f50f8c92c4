package io.aipaging.eval;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.LabAddresses;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.enforcer.BootClock;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.smfadapter.steering.SteeringConfig;
import io.aipaging.smfadapter.steering.SteeringObserver;
import io.aipaging.smfadapter.steering.SteeringPorts;
import io.aipaging.smfadapter.steering.SteeringService;
import io.aipaging.smfadapter.steering.journal.FileGateJournal;
import io.aipaging.smfadapter.steering.nftables.NextHop;
import io.aipaging.smfadapter.steering.nftables.NftablesConfig;
import io.aipaging.smfadapter.steering.nftables.NftablesDriver;
import io.aipaging.smfadapter.steering.nftables.Prefix;
import io.aipaging.smfadapter.steering.probe.HttpAnchorProbe;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The adapter of a kernel gate, without its service-based interface: a line is COMMITs. */
final class GateMain {
  private static final Duration CALL_TIME = Duration.ofSeconds(5);

  private GateMain() {}

  /** Arguments: file of the keys, journal, skew margin in milliseconds. */
  public static void main(String[] arguments) throws Exception {
    Duration margin = Duration.ofMillis(Long.parseLong(arguments[2]));
    SteeringPorts ports =
        new SteeringPorts(
            new CommitVerifier(
                Commits.keys(Path.of(arguments[0])), Commits.SET, Commits.GATE, margin),
            NftablesDriver.open(config()),
            FileGateJournal.open(Path.of(arguments[1])),
            new HttpAnchorProbe(),
            SteeringObserver.NONE);
    SteeringService gate =
        SteeringService.open(
            new SteeringConfig(Commits.GATE, margin, margin),
            ports,
            new EnforcerClock(InstantSource.system(), BootClock.open(), margin, margin));
    Obedience.obey(
        line ->
            gate.applyCommits(
                Call.within("eval", Instant.now(), CALL_TIME),
                new ApplyCommits(List.of(line.split(" ", -1)))));
  }

  private static NftablesConfig config() {
    return new NftablesConfig(
        NftablesConfig.TABLE,
        new NftablesConfig.Devices(
            List.of(LabAddresses.UE_DEVICE), List.of(AnchorSite.A.device(), AnchorSite.B.device())),
        List.of(
            ServiceEndpoint.of(Site.service(), "TCP", Site.PORT),
            ServiceEndpoint.of(Site.service(), "UDP", Site.PORT)),
        List.of(
            new NextHop(InetAddress.ofLiteral(Mode.ROUTE.anchor(AnchorSite.A)), 1),
            new NextHop(InetAddress.ofLiteral(Mode.ROUTE.anchor(AnchorSite.B)), 2)),
        List.of(
            Prefix.parse(Mode.DNAT.anchor(AnchorSite.A)),
            Prefix.parse(Mode.DNAT.anchor(AnchorSite.B))),
        Map.of(),
        NftablesConfig.ProbeRange.DEFAULT,
        List.of());
  }
}

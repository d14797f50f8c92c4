package io.aipaging.eval.relocation;

import io.aipaging.eval.Child;
import io.aipaging.eval.Commits;
import io.aipaging.eval.Mode;
import io.aipaging.eval.Site;
import io.aipaging.lab.AnchorSite;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** A session that moves between the anchors as the AIPF would move it. */
final class MovingSession {
  /** How long a lease drains. */
  static final Duration DRAIN = Duration.ofSeconds(1);

  private static final Duration TERM = Duration.ofSeconds(30);

  private final Parties parties;
  private final String id;
  private final String ue;
  private final String transport;
  private Commits.Lease lease;
  private long gen = 1;
  private int leases = 1;

  /** Whoever gets COMMITs. */
  record Parties(Commits commits, Child gate, Map<String, Child> anchors, Mode mode) {}

  /** Begins at anchor A. */
  MovingSession(Parties parties, String id, String ue, String transport) throws IOException {
    this.parties = parties;
    this.id = id;
    this.ue = ue;
    this.transport = transport;
    this.lease = lease(AnchorSite.A);
    String serve = parties.commits().serve(lease, gen, Instant.now().plus(TERM));
    admit(lease, serve);
    parties.gate().tell(serve);
  }

  String ue() {
    return ue;
  }

  /** The new path first; then the old one drains. */
  void makeBeforeBreak() throws IOException {
    Commits.Lease old = lease;
    lease = next();
    String serve = parties.commits().serve(lease, gen + 1, Instant.now().plus(TERM));
    admit(lease, serve);
    String drain = parties.commits().drain(old, gen + 2, Instant.now().plus(DRAIN));
    gen += 2;
    parties.gate().tell(serve + " " + drain);
    anchor(old).tell("commit " + drain);
  }

  /** The old path ends, and a while later there is a new one. */
  void breakBeforeMake(Duration gap) throws IOException, InterruptedException {
    Commits.Lease old = lease;
    lease = next();
    String end = parties.commits().end(old, gen + 1);
    String serve = parties.commits().serve(lease, gen + 2, Instant.now().plus(TERM));
    gen += 2;
    admit(lease, serve);
    parties.gate().tell(end);
    anchor(old).tell("commit " + end);
    Thread.sleep(gap);
    parties.gate().tell(serve);
  }

  private void admit(Commits.Lease admitted, String serve) throws IOException {
    anchor(admitted).tell("hold " + admitted.id() + " " + admitted.session());
    anchor(admitted).tell("commit " + serve);
  }

  private Child anchor(Commits.Lease at) {
    return Objects.requireNonNull(parties.anchors().get(at.anchorId()));
  }

  private Commits.Lease next() {
    leases++;
    return lease(lease.anchorId().equals("a") ? AnchorSite.B : AnchorSite.A);
  }

  private Commits.Lease lease(AnchorSite site) {
    return new Commits.Lease(
        "%s-lease-%d".formatted(id, leases),
        id,
        site.id(),
        TransportAddress.parse(parties.mode().anchor(site) + ":" + Site.PORT),
        Commits.flow(ue, transport));
  }
}

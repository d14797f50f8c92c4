package io.aipaging.aexf;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** COMMITs for tests: everything has a default and can be changed. */
public record Commits(
    String issuer,
    List<String> audience,
    String anchorId,
    Aisi aisi,
    String ue,
    String service,
    int servicePort) {
  public static final Aisi AISI = Aisi.parse("urn:aisi:example.net:embed:basic:1");
  public static final String ISSUER = "aipf-set-1";
  public static final String ENFORCER = "agent-a";
  public static final String ANCHOR = "anchor-a";

  public static Commits standard() {
    return new Commits(
        ISSUER, List.of("gate-1", ENFORCER), ANCHOR, AISI, "10.45.0.2", "203.0.113.10", 8000);
  }

  public Commits from(String otherIssuer) {
    return new Commits(otherIssuer, audience, anchorId, aisi, ue, service, servicePort);
  }

  public Commits to(String... enforcers) {
    return new Commits(issuer, List.of(enforcers), anchorId, aisi, ue, service, servicePort);
  }

  public Commits at(String otherAnchor) {
    return new Commits(issuer, audience, otherAnchor, aisi, ue, service, servicePort);
  }

  public Commits of(Aisi other) {
    return new Commits(issuer, audience, anchorId, other, ue, service, servicePort);
  }

  public Commits ue(String address) {
    return new Commits(issuer, audience, anchorId, aisi, address, service, servicePort);
  }

  public Commits service(String address, int port) {
    return new Commits(issuer, audience, anchorId, aisi, ue, address, port);
  }

  public Commit serve(String lease, String session, long gen, Instant now, Duration term) {
    return commit(lease, session, gen, CommitRole.SERVE, null, now, term);
  }

  public Commit drain(String lease, String session, long gen, Instant now, Duration term) {
    return commit(lease, session, gen, CommitRole.DRAIN, null, now, term);
  }

  public Commit end(String lease, String session, long gen, EndScope scope, Instant now) {
    return commit(lease, session, gen, CommitRole.END, scope, now, Duration.ofSeconds(30));
  }

  private Commit commit(
      String lease,
      String session,
      long gen,
      CommitRole role,
      EndScope scope,
      Instant now,
      Duration term) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    return new Commit(
        issuer,
        audience,
        UUID.randomUUID().toString(),
        new LeaseId(lease),
        new SessionId(session),
        aisi,
        gen,
        role,
        scope,
        second,
        second,
        Instant.ofEpochMilli(now.plus(term).toEpochMilli()),
        new AnchorRef(anchorId, "dnai-1", TransportAddress.parse("10.60.1.2:8000")),
        new Flow(UeAddress.parse(ue), ServiceEndpoint.of(service, "TCP", servicePort)),
        QosGrant.NONE);
  }
}

package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.world.FakeAnchor;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;

/** COMMITs of which no row tells. */
final class Strays {
  static final SessionId NOBODY = World.NOBODY;
  private final World world;

  Strays(World world) {
    this.world = world;
  }

  /** A {@code serve} of a session that never had a row. */
  Commit ofNobody(String lease) {
    return serve(NOBODY, lease, 7, "10.45.9.9");
  }

  /** A {@code serve} for the next half minute at anchor-b. */
  Commit serve(SessionId session, String lease, long gen, String ue) {
    LeaseAnchor anchor = FakeAnchor.inLeases("anchor-b");
    return new Commit(
        World.SET,
        anchor.enforcers(),
        "jti-of-" + lease,
        new LeaseId(lease),
        session,
        Aisi.parse("urn:aisi:example.org:embedding:standard:1"),
        gen,
        CommitRole.SERVE,
        null,
        world.clock.instant(),
        world.clock.instant(),
        world.clock.instant().plus(Duration.ofSeconds(30)),
        anchor.ref(),
        new Flow(UeAddress.parse(ue), ServiceEndpoint.of("203.0.113.10", "TCP", 8000)),
        QosGrant.NONE);
  }

  String signed(Commit commit) {
    return new CommitSigner(world.keys).sign(commit);
  }

  /** A QoS binding of a session that never had a row, held for five seconds. */
  void bindQos() {
    var _ =
        world.qos.createQosBinding(
            world.call(),
            new CreateQosBinding(
                NOBODY.value(),
                "10.45.9.9",
                null,
                "internet",
                null,
                null,
                "qos-ai",
                null,
                null,
                5_000));
  }
}

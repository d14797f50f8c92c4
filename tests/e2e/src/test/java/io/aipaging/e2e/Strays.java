package io.aipaging.e2e;

import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.AipfMain;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is held for a session that nobody has a row of. */
record Strays(BreakableSet set) {
  /** Puts one at the core, at the gate and at the first anchor. */
  void plant(AipfConfig config) {
    String session = "session-of-nobody";
    String ue = "127.0.0.77";
    ServiceAddress service = set.deployment.layout().service();
    set.pcfAdapter
        .get()
        .qosBinding()
        .createQosBinding(
            set.call(),
            new CreateQosBinding(
                session, ue, service, null, null, null, "ai-interactive", null, null, 60_000));
    set.pcfAdapter
        .get()
        .qosBinding()
        .confirmQosBinding(
            set.call(), new ConfirmQosBinding(session, Instant.now().plusSeconds(600)));
    set.agents
        .get(0)
        .get()
        .agent()
        .admission()
        .createHold(
            set.call(), new CreateHold("lease-of-nobody", session, Deployment.AISI, 60_000));
    String jws = commit(config, session, ue, service);
    set.agents.get(0).get().agent().admission().applyCommit(set.call(), new ApplyCommit(jws));
    set.gate.get().steering().applyCommits(set.call(), new ApplyCommits(List.of(jws)));
  }

  private String commit(AipfConfig config, String session, String ue, ServiceAddress service) {
    Layout.AnchorSpot anchor = set.deployment.layout().anchors().getFirst();
    Instant now = Instant.now();
    return new CommitSigner(AipfMain.signingKeys(config))
        .sign(
            new Commit(
                config.setId(),
                List.of(Deployment.GATE, anchor.enforcerId()),
                "jti-of-nobody",
                new LeaseId("lease-of-nobody"),
                new SessionId(session),
                Aisi.parse(Deployment.AISI),
                4,
                CommitRole.SERVE,
                null,
                now,
                now,
                now.plus(Duration.ofMinutes(5)),
                new AnchorRef(anchor.id(), "edge-a", TransportAddress.parse(anchor.endpoint())),
                new Flow(
                    UeAddress.parse(ue),
                    ServiceEndpoint.of(service.address(), service.protocol(), service.port())),
                QosGrant.NONE));
  }
}

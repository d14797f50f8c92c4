package io.aipaging.aipf.lease.codec;

import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Residence;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.openapi.Snssai;
import io.aipaging.openapi.paging.AiServiceProfile;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.IpLiteral;
import io.aipaging.protocol.QosGrant;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a session; {@link SessionReader} reads it. */
final class SessionWriter {
  private final JsonOut out;

  SessionWriter(JsonOut out) {
    this.out = out;
  }

  void write(Session session) throws IOException {
    out.object(() -> members(session));
  }

  private void members(Session session) throws IOException {
    out.number("v", SessionCodec.FORMAT);
    out.number("version", session.version());
    out.number("gen", session.gen());
    out.instant("expiresAt", session.expiresAt());
    out.object("facts", () -> facts(session.facts()));
    out.object(
        "qos",
        () -> {
          out.text("status", session.qos().status().name());
          out.text("cause", session.qos().cause());
        });
    out.object("residence", () -> residence(session.residence()));
    out.text("token", session.token() == null ? null : session.token().jws());
    out.object("state", () -> new StateWriter(out).write(session.state()));
  }

  private void residence(Residence residence) throws IOException {
    out.instant("since", residence.since());
    out.text("left", residence.left());
    if (residence.undoneAt() != null) {
      out.instant("undoneAt", residence.undoneAt());
    }
  }

  private void facts(SessionFacts facts) throws IOException {
    out.text("id", facts.id().value());
    out.object("origin", () -> origin(facts.origin()));
    out.object("subscriber", () -> subscriber(facts.subscriber()));
    out.object("service", () -> service(facts.service()));
    out.object("client", () -> client(facts.client()));
    out.text("bindingRef", facts.bindingRef());
    out.text("subject", facts.subject());
    out.instant("createdAt", facts.createdAt());
    out.instant("expiresAtMax", facts.expiresAtMax());
  }

  private void origin(SessionFacts.Origin origin) throws IOException {
    out.text("consumer", origin.consumer());
    out.text("key", origin.idempotencyKey());
    out.text("requestSha256", origin.requestSha256());
    out.text("afId", origin.afId());
  }

  private void subscriber(SessionFacts.Subscriber subscriber) throws IOException {
    out.text("ue", subscriber.ue().toString());
    out.text("dnn", subscriber.dnn());
    snssai(subscriber.snssai());
    out.text("supi", subscriber.supi());
  }

  private void snssai(@Nullable Snssai snssai) throws IOException {
    if (snssai != null) {
      out.object(
          "snssai",
          () -> {
            out.number("sst", snssai.sst());
            out.text("sd", snssai.sd());
          });
    }
  }

  private void service(SessionFacts.Service service) throws IOException {
    out.text("aisi", service.aisi().toString());
    out.object("profile", () -> profile(service.profile()));
    out.decimal("confidence", service.confidence());
    out.text("address", IpLiteral.format(service.address().address()));
    out.text("protocol", service.address().protocol().name());
    out.number("port", service.address().port());
    out.text("uri", service.uri());
    out.object("qos", () -> qos(service.qos()));
  }

  private void profile(AiServiceProfile profile) throws IOException {
    out.text("task", profile.task());
    out.text("modality", profile.modality());
    out.text("tier", profile.tier());
    out.number("ttftMs", profile.ttftMs());
    out.number("p99Ms", profile.p99Ms());
    out.decimal("successProbability", profile.successProbability());
    out.texts("residency", profile.residency());
    out.number("trustMin", profile.trustMin());
    out.decimal("priceMax", profile.priceMax());
    out.text("mobility", profile.mobility());
    out.text("qos", profile.qos());
  }

  private void qos(QosTerms terms) throws IOException {
    QosGrant grant = terms.grant();
    out.text("demand", terms.demand().name());
    out.text("bindingRef", grant.bindingRef());
    out.text("qosReference", grant.qosReference());
    out.text("maxBwUl", grant.maxBwUl());
    out.text("maxBwDl", grant.maxBwDl());
    out.number("dscp", grant.dscp());
  }

  private void client(SessionFacts.Client client) throws IOException {
    out.text("clientId", client.clientId());
    out.text("subject", client.subject());
    switch (client.confirmation()) {
      case Confirmation.UeAddressHash(String ueh) -> out.text("ueh", ueh);
      case Confirmation.DpopKey(String jkt) -> out.text("jkt", jkt);
      case Confirmation.ClientCertificate(String x5t) -> out.text("x5t", x5t);
    }
  }
}

package io.aipaging.aipf.paging;

import io.aipaging.aipf.evidence.SubjectPseudonyms;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionFacts.Client;
import io.aipaging.aipf.lease.SessionFacts.Origin;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.aipf.lease.SessionFacts.Subscriber;
import io.aipaging.openapi.Call;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeHashKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * What pages work with.
 *
 * @param services from intents to anchors
 * @param tools for the preparation
 * @param hashKey names UEs without naming them
 * @param observer told the stages
 * @param nanoClock monotonic, ns
 */
public record PageContext(
    ServiceDirectory services,
    PageTools tools,
    UeHashKey hashKey,
    StageObserver observer,
    LongSupplier nanoClock) {

  /** The facts of a session that begins at {@code now}. */
  SessionFacts facts(Call call, PageRequest request, Service service, Instant now) {
    SessionId id = new SessionId(tools.ids().next());
    Subscriber subscriber = request.subscriber();
    SubjectPseudonyms pseudonyms = new SubjectPseudonyms(hashKey);
    String clientId = request.afId() == null ? call.consumer() : request.afId();
    Confirmation confirmation =
        request.confirmation() == null
            ? new Confirmation.UeAddressHash(hashKey.hash(id, subscriber.ue()))
            : request.confirmation();
    return new SessionFacts(
        id,
        new Origin(call.consumer(), call.idempotencyKey(), request.sha256(), request.afId()),
        subscriber,
        service,
        new Client(
            clientId,
            pseudonyms.inTokenFor(clientId, subscriber.ue(), subscriber.supi()),
            confirmation),
        SessionFacts.bindingRef(id),
        pseudonyms.inEvidence(subscriber.ue(), subscriber.supi()),
        now,
        now.plus(tools.terms().sessionMax()));
  }

  /** Its wanted end, at most its maximum. */
  Instant expiresAt(SessionFacts facts, PageRequest request) {
    Duration length = request.length() == null ? tools.terms().session() : request.length();
    Instant wanted = facts.createdAt().plus(length);
    return wanted.isBefore(facts.expiresAtMax()) ? wanted : facts.expiresAtMax();
  }
}

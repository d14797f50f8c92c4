package io.aipaging.aipf.lease;

import io.aipaging.openapi.Snssai;
import io.aipaging.openapi.paging.AiServiceProfile;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What never changes in a session.
 *
 * @param id session id
 * @param origin who asked and how
 * @param subscriber for whom
 * @param service what for
 * @param client who gets the token
 * @param bindingRef the reference its QoS binding has if there is one; chosen before the core is
 *     asked, so that a crash cannot orphan the binding. See {@link #bindingRef(SessionId)}
 * @param subject the subscriber's name in evidence
 * @param createdAt when it was paged
 * @param expiresAtMax its end whatever is renewed
 */
public record SessionFacts(
    SessionId id,
    Origin origin,
    Subscriber subscriber,
    Service service,
    Client client,
    String bindingRef,
    String subject,
    Instant createdAt,
    Instant expiresAtMax) {

  /**
   * Who asked and how.
   *
   * @param consumer authenticated consumer of the page
   * @param idempotencyKey key of its call, or null
   * @param requestSha256 SHA-256 of what it asked, hexadecimal
   * @param afId application function it asked for, or null
   */
  public record Origin(
      String consumer,
      @Nullable String idempotencyKey,
      String requestSha256,
      @Nullable String afId) {}

  /**
   * The subscriber.
   *
   * @param ue address of the UE
   * @param dnn data network name, or null for the core's default
   * @param snssai slice, or null for the core's default
   * @param supi subscriber when known; not shown by {@link #toString}
   */
  public record Subscriber(
      UeAddress ue, @Nullable String dnn, @Nullable Snssai snssai, @Nullable String supi) {
    @Override
    public String toString() {
      return "Subscriber[dnn=" + dnn + ", snssai=" + snssai + "]";
    }
  }

  /**
   * What the intent resolved to.
   *
   * @param aisi AI service
   * @param profile its measurable contract
   * @param confidence of the resolution, 0 to 1
   * @param address service address
   * @param uri base URI for HTTP clients
   * @param qos QoS
   */
  public record Service(
      Aisi aisi,
      AiServiceProfile profile,
      double confidence,
      ServiceEndpoint address,
      String uri,
      QosTerms qos) {}

  /**
   * Who gets the token.
   *
   * @param clientId application
   * @param subject pairwise pseudonym of the subscriber
   * @param confirmation what the token is bound to
   */
  public record Client(String clientId, String subject, Confirmation confirmation) {}

  /**
   * The reference of a new session's QoS binding: the session's own id, so that whoever hears of
   * the binding finds the session.
   */
  public static String bindingRef(SessionId id) {
    return id.value();
  }

  /** Its traffic. */
  public Flow flow() {
    return new Flow(subscriber.ue(), service.address());
  }
}

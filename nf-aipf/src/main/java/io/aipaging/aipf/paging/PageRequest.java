package io.aipaging.aipf.paging;

import io.aipaging.aipf.lease.SessionFacts.Subscriber;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.Crypto;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is paged for.
 *
 * @param afId application function, or null when the consumer pages for itself
 * @param subscriber for whom
 * @param intent what is wanted
 * @param confirmation what the token is bound to; null means the UE's address
 * @param length wanted session length, or null for the default
 */
public record PageRequest(
    @Nullable String afId,
    Subscriber subscriber,
    Intent intent,
    @Nullable Confirmation confirmation,
    @Nullable Duration length) {
  /** SHA-256 over every member, so that a retry with other content is told from a repeat. */
  public String sha256() {
    StringBuilder members = new StringBuilder();
    Object[] all = {
      afId,
      subscriber.ue(),
      subscriber.dnn(),
      subscriber.snssai(),
      subscriber.supi(),
      intent.text(),
      intent.task(),
      intent.tier(),
      intent.latencyMsMax(),
      intent.residency(),
      intent.trustMin(),
      intent.priceMax(),
      confirmation,
      length
    };
    for (Object member : all) {
      String text = String.valueOf(member);
      members.append(member == null ? -1 : text.length()).append(':').append(text);
    }
    return Crypto.sha256Hex(members.toString());
  }

  /** Without the intent's text and the subscriber. */
  @Override
  public String toString() {
    return "PageRequest[afId=" + afId + ", length=" + length + "]";
  }
}

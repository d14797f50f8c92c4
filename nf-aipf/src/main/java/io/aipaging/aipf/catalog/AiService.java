package io.aipaging.aipf.catalog;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.ServiceEndpoint;
import java.util.List;
import java.util.Locale;

/**
 * One AI service on offer.
 *
 * @param aisi its identity; also says the tier
 * @param title a few words for people, 1 to 200 characters
 * @param phrases English ways to ask for it, 1 to 32; what an intent's sentence is compared with
 * @param task what it does, open enumeration such as {@code EMBEDDING}
 * @param modality what goes in, open enumeration such as {@code TEXT}
 * @param targets what it promises
 * @param qos QoS of its sessions
 * @param address where UEs send their traffic; no other service has it
 * @param uri base URI for HTTP clients
 * @param mobility whether its sessions may move
 */
public record AiService(
    Aisi aisi,
    String title,
    List<String> phrases,
    String task,
    String modality,
    ServiceTargets targets,
    ServiceQos qos,
    ServiceEndpoint address,
    String uri,
    Mobility mobility) {
  private static final int PHRASES_MAX = 32;
  private static final int URI_CHARACTERS_MAX = 512;

  public AiService {
    Require.text("title", title);
    phrases = List.copyOf(phrases);
    Require.that(
        !phrases.isEmpty() && phrases.size() <= PHRASES_MAX,
        "a service needs 1 to " + PHRASES_MAX + " phrases");
    phrases.forEach(phrase -> Require.text("phrase", phrase));
    Require.code("task", task);
    Require.code("modality", modality);
    Require.that(
        uri.length() <= URI_CHARACTERS_MAX && uri.matches("https?://[^\\s]+"),
        "uri must be an http or https URI");
  }

  /** Quality tier: the AISI's in upper case, such as {@code PREMIUM}. */
  public String tier() {
    return aisi.tier().toUpperCase(Locale.ROOT);
  }
}

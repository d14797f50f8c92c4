package io.aipaging.openapi.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants; never which model or where. At least one of {@code text} and {@code task} is
 * present; structured members win over what the text says.
 *
 * @param text a sentence in English, at most 1000 characters
 * @param task open enumeration: {@code EMBEDDING}, {@code CHAT}, {@code TRANSCRIPTION}, {@code
 *     TRANSLATION}, {@code VISION} …
 * @param tier open enumeration: {@code ECONOMY}, {@code STANDARD}, {@code PREMIUM}
 * @param latencyMsMax upper bound of the time to first token or answer, 1 to 600000 ms
 * @param residency where data may be processed: ISO 3166 country codes or {@code EU}
 * @param trustMin least trust level of an anchor, 0 to 5
 * @param priceMax highest price per 1000 requests, in the catalogue's currency, 0 or more
 */
public record Intent(
    @Nullable String text,
    @Nullable String task,
    @Nullable String tier,
    @Nullable Integer latencyMsMax,
    @Nullable List<String> residency,
    @Nullable Integer trustMin,
    @Nullable Double priceMax) {
  /** An intent that is only a sentence. */
  public static Intent ofText(String text) {
    return new Intent(text, null, null, null, null, null, null);
  }
}

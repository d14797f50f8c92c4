package io.aipaging.aexf.guard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows with one request.
 *
 * @param method HTTP method
 * @param target request target as sent: path and query
 * @param host value of {@code Host}, or null
 * @param secure whether it came over TLS
 * @param authorization values of {@code Authorization}
 * @param proofs values of {@code DPoP}
 * @param origin where it comes from
 * @param certificateSha256 base64url SHA-256 of the client's TLS certificate, or null
 */
public record Presented(
    String method,
    String target,
    @Nullable String host,
    boolean secure,
    List<String> authorization,
    List<String> proofs,
    Origin origin,
    @Nullable String certificateSha256) {
  public Presented {
    authorization = List.copyOf(authorization);
    proofs = List.copyOf(proofs);
  }

  /** Names what kind of request it is and nothing a client or a log may not see. */
  @Override
  public String toString() {
    return "Presented[" + method + "]";
  }
}

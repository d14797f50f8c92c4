package io.aipaging.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Signs AISTs as {@code at+jwt} (RFC 9068), ES256. Thread-safe. */
public final class AistSigner {
  static final String TYPE = "at+jwt";
  private final TokenSigning.Signer signer;

  /** Signs with {@code keys}: with the first of them where there are several. */
  public AistSigner(TokenSigning keys) {
    signer = keys.forType(TYPE);
  }

  /** The compact serialization. */
  public String sign(Aist aist) {
    ObjectNode claims = StrictJson.MAPPER.createObjectNode();
    claims
        .put("iss", aist.issuer())
        .put("sub", aist.subject())
        .put("client_id", aist.clientId())
        .put("aud", aist.aisi().toString())
        .put("aisi", aist.aisi().toString())
        .put("sid", aist.session().value())
        .put("scope", aist.scope())
        .put("iat", aist.issuedAt().getEpochSecond())
        .put("nbf", aist.issuedAt().getEpochSecond())
        .put("exp", aist.expiresAt().getEpochSecond())
        .put("jti", aist.jti());
    ObjectNode confirmation = claims.putObject("cnf");
    switch (aist.confirmation()) {
      case Confirmation.UeAddressHash(String ueh) -> confirmation.put("ueh", ueh);
      case Confirmation.DpopKey(String jkt) -> confirmation.put("jkt", jkt);
      case Confirmation.ClientCertificate(String x5t) -> confirmation.put("x5t#S256", x5t);
    }
    return signer.sign(StrictJson.write(claims));
  }
}

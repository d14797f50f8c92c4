package io.aipaging.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Signs COMMITs as {@code commit+jwt}, ES256. Thread-safe. */
public final class CommitSigner {
  static final String TYPE = "commit+jwt";
  private final TokenSigning.Signer signer;

  /** Signs with {@code keys}: with the first of them where there are several. */
  public CommitSigner(TokenSigning keys) {
    signer = keys.forType(TYPE);
  }

  /** The compact serialization. */
  public String sign(Commit commit) {
    return signer.sign(StrictJson.write(claims(commit)));
  }

  private static ObjectNode claims(Commit commit) {
    ObjectNode claims = StrictJson.MAPPER.createObjectNode();
    claims.put("iss", commit.issuer());
    commit.audience().forEach(claims.putArray("aud")::add);
    claims
        .put("jti", commit.jti())
        .put("lid", commit.lease().value())
        .put("sid", commit.session().value())
        .put("aisi", commit.aisi().toString())
        .put("gen", commit.gen())
        .put("role", commit.role().wire());
    if (commit.endScope() != null) {
      claims.put("scope", commit.endScope().wire());
    }
    claims
        .put("iat", commit.issuedAt().getEpochSecond())
        .put("nbf", commit.notBefore().getEpochSecond())
        .put("exp", commit.expiresAt().getEpochSecond())
        .put("exp_ms", commit.expiresAt().toEpochMilli());
    claims
        .putObject("anchor")
        .put("id", commit.anchor().id())
        .put("dnai", commit.anchor().dnai())
        .put("endpoint", commit.anchor().endpoint().toString());
    putFlow(claims.putObject("flow"), commit.flow());
    putQos(claims.putObject("qos"), commit.qos());
    return claims;
  }

  private static void putFlow(ObjectNode node, Flow flow) {
    node.put("ueAddress", flow.ue().toString())
        .putObject("service")
        .put("address", IpLiteral.format(flow.service().address()))
        .put("protocol", flow.service().protocol().name())
        .put("port", flow.service().port());
  }

  private static void putQos(ObjectNode node, QosGrant qos) {
    put(node, "bindingRef", qos.bindingRef());
    put(node, "qosReference", qos.qosReference());
    put(node, "maxBwUl", qos.maxBwUl());
    put(node, "maxBwDl", qos.maxBwDl());
    if (qos.dscp() != null) {
      node.put("dscp", qos.dscp());
    }
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}

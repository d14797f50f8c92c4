package io.aipaging.protocol;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.aipaging.protocol.TokenRejected.Reason;
import java.security.Provider;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.regex.Pattern;

/** Compact JWS with ES256, read strictly: Nimbus' own parser forgives stray and unused bits. */
final class Jws {
  private static final int CHARACTERS_MAX = 8_192;
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}");

  private Jws() {}

  /** Signs with ready-made signer; one per key, thread-safe. */
  static final class Signer implements TokenSigning.Signer {
    private final ECDSASigner signer;
    private final JWSHeader header;

    Signer(ECKey key, String type) {
      this(key, type, Crypto.provider());
    }

    Signer(ECKey key, String type, Provider provider) {
      try {
        signer = new ECDSASigner(key);
      } catch (JOSEException e) {
        throw new IllegalArgumentException("not a P-256 signing key", e);
      }
      signer.getJCAContext().setProvider(provider);
      header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .type(new JOSEObjectType(type))
              .keyID(key.getKeyID())
              .build();
    }

    @Override
    public String sign(String payload) {
      JWSObject jws = new JWSObject(header, new Payload(payload));
      try {
        jws.sign(signer);
      } catch (JOSEException e) {
        throw new IllegalStateException("signing failed", e);
      }
      return jws.serialize();
    }
  }

  /** Reads the form, without believing any of it. */
  static JWSObject parse(String token) throws TokenRejected {
    if (token.length() > CHARACTERS_MAX || !COMPACT.matcher(token).matches()) {
      throw new TokenRejected(Reason.MALFORMED, "not a compact JWS of bounded size");
    }
    List<String> parts = List.of(token.split("\\.", 4));
    if (!parts.stream().allMatch(Jws::isCanonical)) {
      throw new TokenRejected(Reason.MALFORMED, "not canonical base64url");
    }
    try {
      StrictJson.object(new Base64URL(parts.getFirst()).decodeToString()); // no duplicate names
      return JWSObject.parse(token);
    } catch (ParseException | IllegalArgumentException e) {
      throw new TokenRejected(Reason.MALFORMED, "not a compact JWS");
    }
  }

  /** One spelling per value: unused bits of the last character are zero. */
  private static boolean isCanonical(String part) {
    return Base64URL.encode(new Base64URL(part).decode()).toString().equals(part);
  }

  /** Verifies header and signature and returns the payload. */
  static String verify(String token, String type, VerificationKeys keys) throws TokenRejected {
    JWSObject jws = parse(token);
    checkHeader(jws.getHeader(), type);
    String kid = jws.getHeader().getKeyID();
    ECPublicKey key = kid == null || !Checks.isId(kid) ? null : keys.find(kid);
    if (key == null) {
      throw new TokenRejected(Reason.UNKNOWN_KEY, "kid is not of the key set");
    }
    checkSignature(jws, key);
    return jws.getPayload().toString();
  }

  static void checkHeader(JWSHeader header, String type) throws TokenRejected {
    if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
      throw new TokenRejected(Reason.WRONG_ALGORITHM, "alg must be ES256");
    }
    if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
      throw new TokenRejected(Reason.WRONG_ALGORITHM, "critical header parameters are refused");
    }
    if (header.getType() == null || !type.equalsIgnoreCase(header.getType().getType())) {
      throw new TokenRejected(Reason.WRONG_TYPE, "typ must be " + type);
    }
  }

  static void checkSignature(JWSObject jws, ECPublicKey key) throws TokenRejected {
    checkSignature(jws, key, Crypto.provider());
  }

  static void checkSignature(JWSObject jws, ECPublicKey key, Provider provider)
      throws TokenRejected {
    boolean valid;
    try {
      JWSVerifier verifier = new ECDSAVerifier(key);
      verifier.getJCAContext().setProvider(provider);
      valid = jws.verify(verifier);
    } catch (JOSEException e) {
      valid = false;
    }
    if (!valid) {
      throw new TokenRejected(Reason.BAD_SIGNATURE, "signature does not verify");
    }
  }
}

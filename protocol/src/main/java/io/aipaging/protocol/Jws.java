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
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.aipaging.protocol.TokenRejected.Reason;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Arrays;

/** Compact JWS with ES256, read strictly: Nimbus' own parser forgives stray and unused bits. */
final class Jws {
  private static final int CHARACTERS_MAX = 8_192;
  private static final int SIGNATURE_CHARACTERS = 86;
  private static final byte[] DIGITS = digits();

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
        signer = new ECDSASigner(ofProvider(key.toECPrivateKey(), provider), Curve.P_256);
      } catch (JOSEException | GeneralSecurityException e) {
        throw new IllegalArgumentException("not a P-256 signing key", e);
      }
      signer.getJCAContext().setProvider(provider);
      header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .type(new JOSEObjectType(type))
              .keyID(key.getKeyID())
              .build();
    }

    /** The key in the provider's own form: translating it would cost more than a signature. */
    private static PrivateKey ofProvider(PrivateKey key, Provider provider)
        throws GeneralSecurityException {
      return (PrivateKey) KeyFactory.getInstance("EC", provider).translateKey(key);
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
    if (token.length() > CHARACTERS_MAX || !isCompact(token)) {
      throw new TokenRejected(Reason.MALFORMED, "not a compact JWS of bounded size");
    }
    try {
      String header = token.substring(0, token.indexOf('.'));
      StrictJson.object(new Base64URL(header).decodeToString()); // no duplicate names
      return JWSObject.parse(token);
    } catch (ParseException | IllegalArgumentException e) {
      throw new TokenRejected(Reason.MALFORMED, "not a compact JWS");
    }
  }

  /** Header, payload and a signature of ES256, each in its one spelling. */
  private static boolean isCompact(String token) {
    int payload = token.indexOf('.') + 1;
    int signature = token.indexOf('.', payload) + 1;
    return payload > 1
        && signature > payload + 1
        && token.length() == signature + SIGNATURE_CHARACTERS
        && isCanonical(token, 0, payload - 1)
        && isCanonical(token, payload, signature - 1)
        && isCanonical(token, signature, token.length());
  }

  /** Base64url without padding, the unused bits of its last character zero (RFC 4648 §3.5). */
  private static boolean isCanonical(String text, int from, int to) {
    int digit = 0;
    for (int i = from; i < to && digit >= 0; i++) {
      digit = text.charAt(i) < DIGITS.length ? DIGITS[text.charAt(i)] : -1;
    }
    return switch ((to - from) % 4) {
      case 0 -> digit >= 0;
      case 2 -> digit >= 0 && (digit & 0b1111) == 0;
      case 3 -> digit >= 0 && (digit & 0b11) == 0;
      default -> false;
    };
  }

  /** The value of each base64url character, -1 for all others. */
  private static byte[] digits() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    byte[] digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    for (int value = 0; value < alphabet.length(); value++) {
      digits[alphabet.charAt(value)] = (byte) value;
    }
    return digits;
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

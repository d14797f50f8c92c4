package io.aipaging.protocol;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ES256 keys of an AIPF Set. The first signs; all are published, so that a key can be prepared
 * before it is used and kept after it was. Key ids are RFC 7638 thumbprints and so persist with the
 * key.
 */
public final class SigningKeys implements TokenSigning {
  private static final int KEYS_MAX = 16;
  private final List<ECKey> keys;

  private SigningKeys(List<ECKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Keys in order of preference.
   *
   * @param pairs 1 to 16 P-256 key pairs; the first signs
   */
  public static SigningKeys of(List<KeyPair> pairs) {
    Checks.that(!pairs.isEmpty() && pairs.size() <= KEYS_MAX, "1 to 16 keys are needed");
    List<ECKey> keys = new ArrayList<>();
    for (KeyPair pair : pairs) {
      keys.add(checked(toJwk(pair)));
    }
    Checks.that(
        keys.stream().map(ECKey::getKeyID).distinct().count() == keys.size(), "a key is repeated");
    return new SigningKeys(keys);
  }

  /** One fresh key that is stored nowhere. */
  public static SigningKeys generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return of(List.of(generator.generateKeyPair()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /** Signs once, so that a public key of another pair is noticed here and not by enforcers. */
  private static ECKey checked(ECKey key) {
    try {
      ECPublicKey published = key.toECPublicKey();
      Jws.verify(new Jws.Signer(key, "check").sign("{}"), "check", kid -> published);
      return key;
    } catch (JOSEException | TokenRejected e) {
      throw new IllegalArgumentException("public and private key do not belong together", e);
    }
  }

  private static ECKey toJwk(KeyPair pair) {
    if (!(pair.getPublic() instanceof ECPublicKey publicKey)
        || !(pair.getPrivate() instanceof ECPrivateKey privateKey)) {
      throw new IllegalArgumentException("not a P-256 key pair");
    }
    try {
      return new ECKey.Builder(Curve.P_256, publicKey)
          .privateKey(privateKey)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint()
          .build();
    } catch (JOSEException | IllegalStateException | IllegalArgumentException e) {
      throw new IllegalArgumentException("not a P-256 key pair", e);
    }
  }

  /** The public half as JWKS members (RFC 7517). */
  public List<Map<String, Object>> jwks() {
    return keys.stream().map(key -> key.toPublicJWK().toJSONObject()).toList();
  }

  /** One of each key, in order. */
  public List<SigningKeys> each() {
    return keys.stream().map(key -> new SigningKeys(List.of(key))).toList();
  }

  /** Id of the key that signs. */
  public String kid() {
    return active().getKeyID();
  }

  /**
   * The id a public key has in a key set: its RFC 7638 thumbprint.
   *
   * @throws IllegalArgumentException when it is no P-256 key
   */
  public static String kid(PublicKey key) {
    if (!(key instanceof ECPublicKey point)) {
      throw new IllegalArgumentException("not a P-256 key");
    }
    try {
      return new ECKey.Builder(Curve.P_256, point).keyIDFromThumbprint().build().getKeyID();
    } catch (JOSEException | IllegalStateException | IllegalArgumentException e) {
      throw new IllegalArgumentException("not a P-256 key", e);
    }
  }

  @Override
  public Signer forType(String type) {
    return new Jws.Signer(active(), type);
  }

  ECKey active() {
    return keys.getFirst();
  }
}

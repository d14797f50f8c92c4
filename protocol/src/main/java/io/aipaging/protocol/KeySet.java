package io.aipaging.protocol;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fixed set of public keys, read from JWKS members. */
public final class KeySet implements VerificationKeys {
  private static final int KEYS_MAX = 16;
  private final Map<String, ECPublicKey> keys;

  private KeySet(Map<String, ECPublicKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /**
   * Reads JWKS members. Keys that are not ES256 signature keys are left out; two keys with one id,
   * a broken P-256 key, a private or secret key or more than 16 keys make the whole set unusable.
   *
   * @throws IllegalArgumentException when the set is unusable
   */
  public static KeySet ofJwks(List<Map<String, Object>> members) {
    Checks.that(members.size() <= KEYS_MAX, "more than 16 keys");
    Map<String, ECPublicKey> keys = new HashMap<>();
    for (Map<String, Object> member : members) {
      Checks.that(
          !member.containsKey("d") && !member.containsKey("k"), "a private key was published");
      if (!"EC".equals(member.get("kty")) || !"P-256".equals(member.get("crv"))) {
        continue;
      }
      ECKey key = parse(member);
      if (usable(key)) {
        Checks.that(keys.put(key.getKeyID(), publicKey(key)) == null, "two keys with one kid");
      }
    }
    return new KeySet(keys);
  }

  private static boolean usable(ECKey key) {
    Set<KeyOperation> operations = key.getKeyOperations();
    return key.getKeyID() != null
        && (operations == null || operations.contains(KeyOperation.VERIFY))
        && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
        && (key.getAlgorithm() == null || JWSAlgorithm.ES256.equals(key.getAlgorithm()));
  }

  private static ECKey parse(Map<String, Object> member) {
    try {
      return ECKey.parse(member);
    } catch (ParseException e) {
      throw new IllegalArgumentException("not a JWK", e);
    }
  }

  private static ECPublicKey publicKey(ECKey key) {
    try {
      return key.toECPublicKey();
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a P-256 key", e);
    }
  }

  @Override
  public @Nullable ECPublicKey find(String kid) {
    return keys.get(kid);
  }

  /** Number of usable keys. */
  public int size() {
    return keys.size();
  }
}

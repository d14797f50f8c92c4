package io.aipaging.certs;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.aipaging.sbi.oauth.KeySource;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * A token issuer without HTTP, for tests of what sits behind a token check. Its key lives as long
 * as the object.
 */
public final class DevTokens {
  private static final String ISSUER = "https://dev-issuer.invalid";
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final TokenSigner signer;
  private final KeySource keys;

  private DevTokens(ECKey key, InstantSource clock) throws JOSEException {
    this.signer = new TokenSigner(ISSUER, key, LIFE, clock);
    this.keys = KeySource.of(Map.of(key.getKeyID(), key.toECPublicKey()));
  }

  /** An issuer with a new key and the system's clock. */
  public static DevTokens issuerInMemory() {
    return issuerInMemory(InstantSource.system());
  }

  /** An issuer with a new key. */
  public static DevTokens issuerInMemory(InstantSource clock) {
    try {
      return new DevTokens(new ECKeyGenerator(Curve.P_256).keyID("dev").generate(), clock);
    } catch (JOSEException e) {
      throw new IllegalStateException("no P-256 key can be made", e);
    }
  }

  /** What a server that goes by {@code audiences} believes of this issuer. */
  public TokenPolicy policy(String... audiences) {
    return new TokenPolicy(ISSUER, Set.of(audiences), keys);
  }

  /** A token of {@code subject} for {@code scope} at {@code audience}. */
  public String token(String subject, String audience, String scope) {
    return signer.sign(subject, audience, scope);
  }

  /** Tokens of {@code subject} at {@code audience} for whatever scope a call needs. */
  public TokenSource source(String subject, String audience) {
    return new TokenSource() {
      @Override
      public String token(String scope) {
        return signer.sign(subject, audience, scope);
      }

      @Override
      public void rejected(String token) {
        // The next token is a new one anyway.
      }
    };
  }
}

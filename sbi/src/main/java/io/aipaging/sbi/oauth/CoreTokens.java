package io.aipaging.sbi.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens as the NRF of a core issues them (TS 29.510 §6.3.5.2.4), which some cores leave
 * without an issuer or an audience. What is not expected here must then not be named by a token
 * either: one that was made for somebody else is never believed.
 *
 * @param key the NRF's key, RSA of 2,048 bits or more, or P-256: its kind says which signatures
 *     there are, RS512 or ES256, and no others
 * @param issuer expected {@code iss}; null expects none
 * @param audiences accepted {@code aud}: NF type or instance id; none expects none
 */
public record CoreTokens(PublicKey key, @Nullable String issuer, Set<String> audiences) {
  private static final Pattern NF_INSTANCE_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int RSA_BITS_MIN = 2_048;
  private static final int P256_BITS = 256;

  public CoreTokens {
    audiences = Set.copyOf(audiences);
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
      throw new IllegalArgumentException("an RSA key must have at least 2048 bits");
    }
    boolean p256 =
        key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() == P256_BITS;
    if (!(key instanceof RSAPublicKey) && !p256) {
      throw new IllegalArgumentException("a key must be RSA or P-256");
    }
  }

  JWSAlgorithm algorithm() {
    return key instanceof RSAPublicKey ? JWSAlgorithm.RS512 : JWSAlgorithm.ES256;
  }

  JWSVerifier verifier() throws JOSEException {
    return switch (key) {
      case RSAPublicKey rsa -> new RSASSAVerifier(rsa);
      case ECPublicKey ec -> new ECDSAVerifier(ec);
      default -> throw new IllegalStateException("checked when it was made");
    };
  }

  /**
   * What a token of this core is good for: its subject is an NF instance id and never anybody that
   * our own issuer knows, and it names services, not the operations that ours grants apart.
   */
  AccessToken bounded(AccessToken token) throws TokenRejected {
    if (!NF_INSTANCE_ID.matcher(token.subject()).matches()) {
      throw Claims.rejected("sub");
    }
    return new AccessToken(
        token.subject(),
        token.scopes().stream()
            .filter(scope -> scope.indexOf(':') < 0)
            .collect(Collectors.toUnmodifiableSet()),
        token.expiresAt());
  }

  void require(Claims claims) throws TokenRejected {
    boolean known = issuer == null ? claims.isEmpty("iss") : issuer.equals(claims.text("iss"));
    if (!known) {
      throw Claims.rejected("iss");
    }
    if (audiences.isEmpty() ? !claims.isEmpty("aud") : !claims.isFor(audiences)) {
      throw Claims.rejected("aud");
    }
  }
}

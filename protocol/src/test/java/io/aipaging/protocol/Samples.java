package io.aipaging.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Values, keys and hand-made tokens the tests share. */
final class Samples {
  static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_000L);
  static final String ISSUER = "aipf-set-1";
  static final String GATE = "gate-1";
  static final Aisi AISI = Aisi.parse("urn:aisi:example.net:chat-llm:premium:1.2");
  static final SessionId SESSION = new SessionId("session-0001");
  static final LeaseId LEASE = new LeaseId("lease-0001");
  static final KeyPair PAIR = pair("secp256r1");
  static final SigningKeys KEYS = SigningKeys.of(List.of(PAIR));
  static final KeySet PUBLIC = KeySet.ofJwks(KEYS.jwks());
  static final String KID = (String) KEYS.jwks().getFirst().get("kid");

  private Samples() {}

  static KeyPair pair(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Commit commit(long gen, CommitRole role, LeaseId lease) {
    return commit(gen, role, lease, NOW.plusMillis(30_250));
  }

  static Commit commit(long gen, CommitRole role, LeaseId lease, Instant expiresAt) {
    return new Commit(
        ISSUER,
        List.of(GATE, "anchor-a"),
        "jti-0000-0001",
        lease,
        SESSION,
        AISI,
        gen,
        role,
        role == CommitRole.END ? EndScope.LEASE : null,
        NOW,
        NOW,
        expiresAt,
        new AnchorRef("anchor-a", "edge-dnai-1", TransportAddress.parse("[2001:db8:a::2]:8443")),
        new Flow(
            UeAddress.parse("2001:db8:45::/64"), ServiceEndpoint.of("10.60.0.10", "TCP", 8000)),
        new QosGrant("binding-0001", "qos-llm-low-latency", "20 Mbps", "100.5 Mbps", 46));
  }

  static Commit sessionEnd(long gen, LeaseId lease, Instant expiresAt) {
    Commit c = commit(gen, CommitRole.END, lease, expiresAt);
    return new Commit(
        c.issuer(),
        c.audience(),
        c.jti(),
        lease,
        SESSION,
        AISI,
        gen,
        CommitRole.END,
        EndScope.SESSION,
        NOW,
        NOW,
        expiresAt,
        c.anchor(),
        c.flow(),
        c.qos());
  }

  static Commit serve() {
    return commit(7, CommitRole.SERVE, LEASE);
  }

  static Aist aist() {
    return new Aist(
        ISSUER,
        "pseudonym-0001",
        "af-demo",
        AISI,
        SESSION,
        "infer",
        new Confirmation.DpopKey("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"),
        NOW,
        NOW.plusSeconds(600),
        "jti-0000-0002");
  }

  /** The claims a signer writes, for tests to spoil. */
  static ObjectNode claims(String token) {
    return StrictJson.object(decoded(token.split("\\.")[1]));
  }

  static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String header(String type) {
    return "{\"alg\":\"ES256\",\"kid\":\"" + KID + "\",\"typ\":\"" + type + "\"}";
  }

  /** A validly signed COMMIT whose claims were changed. */
  static String commitWith(Consumer<ObjectNode> change) {
    return spoiled(new CommitSigner(KEYS).sign(serve()), change);
  }

  /** A validly signed AIST whose claims were changed. */
  static String aistWith(Consumer<ObjectNode> change) {
    return spoiled(new AistSigner(KEYS).sign(aist()), change);
  }

  private static String spoiled(String token, Consumer<ObjectNode> change) {
    ObjectNode claims = claims(token);
    change.accept(claims);
    return signed(decoded(token.split("\\.")[0]), claims.toString());
  }

  static String signed(String header, String payload) {
    return signed(header, payload, PAIR);
  }

  /** Signs without any JOSE library, so that nothing tidies up what a test spoiled. */
  static String signed(String header, String payload, KeyPair pair) {
    String input = encoded(header) + "." + encoded(payload);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String resource(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("/vectors/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why {@code call} was refused; fails if it was not. */
  static TokenRejected.Reason reason(ThrowingCallable call) {
    TokenRejected rejected = catchThrowableOfType(TokenRejected.class, call);
    assertThat(rejected).as("must be rejected").isNotNull();
    return rejected.reason();
  }
}

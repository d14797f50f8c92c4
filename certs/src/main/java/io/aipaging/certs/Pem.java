package io.aipaging.certs;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** P-256 keys and certificates as PEM. */
final class Pem {
  private static final String CURVE = "secp256r1";

  private Pem() {}

  static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no P-256 key can be made", e);
    }
  }

  /** The private key as PKCS #8. */
  static byte[] ofKey(KeyPair pair) {
    StringWriter text = new StringWriter();
    try (PemWriter pem = new PemWriter(text)) {
      pem.writeObject(new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Certificates, one after the other. */
  static byte[] ofCertificates(Object... certificates) {
    StringWriter text = new StringWriter();
    try (PemWriter pem = new PemWriter(text)) {
      for (Object certificate : certificates) {
        pem.writeObject(new JcaMiscPEMGenerator(certificate));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a PKCS #8 P-256 key and derives its public half.
   *
   * @throws IllegalArgumentException when the content is none
   */
  static KeyPair toKey(byte[] content) {
    try (PemReader pem =
        new PemReader(new StringReader(new String(content, StandardCharsets.US_ASCII)))) {
      PemObject object = pem.readPemObject();
      if (object != null && object.getType().equals("PRIVATE KEY")) {
        KeyFactory factory = KeyFactory.getInstance("EC");
        if (factory.generatePrivate(new PKCS8EncodedKeySpec(object.getContent()))
            instanceof ECPrivateKey key) {
          return new KeyPair(publicKey(key, factory), key);
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("no PKCS #8 P-256 key", e);
    }
    throw new IllegalArgumentException("no PKCS #8 P-256 key");
  }

  private static PublicKey publicKey(ECPrivateKey key, KeyFactory factory)
      throws GeneralSecurityException {
    X9ECParameters curve = SECNamedCurves.getByName(CURVE);
    if (!key.getParams().getOrder().equals(curve.getN())) {
      throw new IllegalArgumentException("no P-256 key");
    }
    var point = curve.getG().multiply(key.getS()).normalize();
    BigInteger x = point.getAffineXCoord().toBigInteger();
    BigInteger y = point.getAffineYCoord().toBigInteger();
    return factory.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), key.getParams()));
  }
}

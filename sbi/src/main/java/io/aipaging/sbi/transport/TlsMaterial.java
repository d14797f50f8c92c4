package io.aipaging.sbi.transport;

import io.aipaging.sbi.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Own certificate, its key and whom to trust, read from PEM files at one moment and fitting
 * together: whoever renews files one after the other is never caught in between.
 *
 * @param cert chain, leaf first; null where none is shown
 * @param key PKCS #8 key of the leaf
 * @param trust roots; null where nobody is asked for a certificate
 * @param crl lists of revoked certificates, none of them out of date when it was read; null where
 *     there are none
 */
public record TlsMaterial(
    @Nullable Bytes cert, @Nullable Bytes key, @Nullable Bytes trust, @Nullable Bytes crl) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final byte[] PROBE = "fits".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads files.
   *
   * @throws IOException when one cannot be read
   * @throws GeneralSecurityException when one is none of its kind, the key is another one's or a
   *     list is out of date: who is revoked since is not known then
   */
  static TlsMaterial read(
      @Nullable Path cert, @Nullable Path key, @Nullable Path trust, @Nullable Path crl)
      throws IOException, GeneralSecurityException {
    TlsMaterial material = new TlsMaterial(bytes(cert), bytes(key), bytes(trust), bytes(crl));
    if (material.trust != null) {
      var _ = certificates(material.trust);
    }
    if (material.cert != null && material.key != null) {
      requireFit(certificates(material.cert).iterator().next().getPublicKey(), material.key);
    }
    if (material.crl != null) {
      requireUpToDate(lists(material.crl));
    }
    return material;
  }

  private static @Nullable Bytes bytes(@Nullable Path file) throws IOException {
    return file == null ? null : Bytes.of(Files.readAllBytes(file));
  }

  private static Collection<? extends Certificate> certificates(Bytes pem)
      throws GeneralSecurityException {
    Collection<? extends Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.toArray()));
    if (found.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate");
    }
    return found;
  }

  /** The lists in {@link #crl}; none where there is none. */
  public List<X509CRL> revocations() {
    try {
      return crl == null ? List.of() : lists(crl);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("it was read once", e);
    }
  }

  private static List<X509CRL> lists(Bytes pem) throws GeneralSecurityException {
    List<X509CRL> found = new ArrayList<>();
    for (CRL one :
        CertificateFactory.getInstance("X.509")
            .generateCRLs(new ByteArrayInputStream(pem.toArray()))) {
      found.add((X509CRL) one);
    }
    if (found.isEmpty()) {
      throw new GeneralSecurityException("there is no list of revoked certificates");
    }
    return found;
  }

  private static void requireUpToDate(List<X509CRL> lists) throws GeneralSecurityException {
    Instant now = InstantSource.system().instant();
    for (X509CRL list : lists) {
      if (list.getNextUpdate() != null && list.getNextUpdate().toInstant().isBefore(now)) {
        throw new GeneralSecurityException(
            "the list of revoked certificates of "
                + list.getIssuerX500Principal().getName()
                + " is out of date since "
                + list.getNextUpdate().toInstant());
      }
    }
  }

  private static void requireFit(PublicKey leaf, Bytes pem) throws GeneralSecurityException {
    Matcher key = KEY.matcher(pem.utf8());
    if (!key.find()) {
      throw new GeneralSecurityException("there is no PKCS #8 key");
    }
    byte[] der = Base64.getMimeDecoder().decode(key.group(1));
    PrivateKey own =
        KeyFactory.getInstance(leaf.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
    Signature signer = Signature.getInstance(algorithm(leaf));
    signer.initSign(own);
    signer.update(PROBE);
    byte[] signed = signer.sign();
    signer.initVerify(leaf);
    signer.update(PROBE);
    if (!signer.verify(signed)) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "TlsMaterial";
  }
}

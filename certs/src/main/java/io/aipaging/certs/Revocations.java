package io.aipaging.certs;

import io.aipaging.certs.DevPki.Authority;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes lists of revoked certificates (RFC 5280 clause 5). */
final class Revocations {
  private final InstantSource clock;

  Revocations(InstantSource clock) {
    this.clock = clock;
  }

  /** The list in a PEM file. */
  static X509CRL read(byte[] pem) {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(pem));
    } catch (CertificateException | CRLException e) {
      throw new IllegalArgumentException("no list of revoked certificates", e);
    }
  }

  /** What {@code former} has and, unless it is null, {@code serial}. */
  X509CRL signed(
      Authority issuer, @Nullable X509CRL former, @Nullable BigInteger serial, Duration life) {
    Instant now = clock.instant();
    X509v2CRLBuilder list =
        new JcaX509v2CRLBuilder(issuer.certificate(), Date.from(now))
            .setNextUpdate(Date.from(now.plus(life)));
    entries(former, serial, now)
        .forEach((number, date) -> list.addCRLEntry(number, date, CRLReason.keyCompromise));
    try {
      list.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.pair().getPublic()));
      list.addExtension(
          Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.toEpochMilli())));
      return new JcaX509CRLConverter()
          .getCRL(
              list.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .build(issuer.pair().getPrivate())));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("the list of revoked certificates cannot be made", e);
    }
  }

  private static Map<BigInteger, Date> entries(
      @Nullable X509CRL former, @Nullable BigInteger serial, Instant now) {
    Map<BigInteger, Date> entries = new TreeMap<>();
    Set<? extends X509CRLEntry> before =
        former == null ? Set.of() : former.getRevokedCertificates();
    if (before != null) {
      before.forEach(one -> entries.put(one.getSerialNumber(), one.getRevocationDate()));
    }
    if (serial != null) {
      entries.putIfAbsent(serial, Date.from(now));
    }
    return entries;
  }
}

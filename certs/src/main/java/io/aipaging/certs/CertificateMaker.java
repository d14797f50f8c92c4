package io.aipaging.certs;

import io.aipaging.certs.DevPki.Authority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes and judges ECDSA P-256 certificates. */
final class CertificateMaker {
  private static final int SERIAL_BITS = 127;
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  CertificateMaker(InstantSource clock) {
    this.clock = clock;
  }

  X509Certificate root(KeyPair pair, Duration life) {
    X500Principal name = principal("AI-Paging development root");
    return sign(
        builder(name, name, pair, life), pair, pair.getPublic(), authority(1, pair.getPublic()));
  }

  X509Certificate intermediate(KeyPair pair, Authority root, Duration life) {
    X500Principal issuer = root.certificate().getSubjectX500Principal();
    return sign(
        builder(issuer, principal("AI-Paging development intermediate"), pair, life),
        root.pair(),
        root.pair().getPublic(),
        authority(0, pair.getPublic()));
  }

  X509Certificate leaf(KeyPair pair, Subject subject, Authority issuer, Duration life) {
    X500Principal issuedBy = issuer.certificate().getSubjectX500Principal();
    return sign(
        builder(issuedBy, principal(subject.name()), pair, life),
        issuer.pair(),
        issuer.pair().getPublic(),
        end(subject, pair.getPublic()));
  }

  /** The first certificate of a PEM file. */
  X509Certificate read(byte[] pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("no certificate", e);
    }
  }

  /** Whether it is valid now and for {@code further}. */
  boolean lasts(X509Certificate certificate, Duration further) {
    Instant now = clock.instant();
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && now.plus(further).isBefore(certificate.getNotAfter().toInstant());
  }

  boolean isSignedBy(X509Certificate certificate, PublicKey issuer) {
    try {
      certificate.verify(issuer);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair pair, Duration life) {
    Instant now = clock.instant();
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random).setBit(0),
        Date.from(now.minus(BACKDATED)),
        Date.from(now.plus(life)),
        subject,
        pair.getPublic());
  }

  private static X500Principal principal(String commonName) {
    return new X500Principal("CN=" + commonName + ", O=AI-Paging development");
  }

  private static List<Extension> authority(int pathLength, PublicKey key) {
    List<Extension> extensions = new ArrayList<>();
    extensions.add(extension(Extension.basicConstraints, true, new BasicConstraints(pathLength)));
    extensions.add(
        extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    extensions.add(
        extension(Extension.subjectKeyIdentifier, false, utils().createSubjectKeyIdentifier(key)));
    return extensions;
  }

  private static List<Extension> end(Subject subject, PublicKey key) {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, subject.uri()));
    subject.dnsNames().forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
    subject.ipAddresses().forEach(ip -> names.add(new GeneralName(GeneralName.iPAddress, ip)));
    List<Extension> extensions = new ArrayList<>();
    extensions.add(extension(Extension.basicConstraints, true, new BasicConstraints(false)));
    extensions.add(extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
    extensions.add(
        extension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {
                  KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                })));
    extensions.add(
        extension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new))));
    extensions.add(
        extension(Extension.subjectKeyIdentifier, false, utils().createSubjectKeyIdentifier(key)));
    return extensions;
  }

  private static X509Certificate sign(
      JcaX509v3CertificateBuilder builder,
      KeyPair issuer,
      PublicKey issuerKey,
      List<Extension> extensions) {
    try {
      for (Extension extension : extensions) {
        builder.addExtension(extension);
      }
      builder.addExtension(
          Extension.authorityKeyIdentifier, false, utils().createAuthorityKeyIdentifier(issuerKey));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    } catch (IOException | CertificateException | OperatorCreationException e) {
      throw new IllegalStateException("the certificate cannot be made", e);
    }
  }

  private static Extension extension(
      org.bouncycastle.asn1.ASN1ObjectIdentifier id,
      boolean critical,
      org.bouncycastle.asn1.ASN1Encodable value) {
    try {
      return new Extension(id, critical, value.toASN1Primitive().getEncoded("DER"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JcaX509ExtensionUtils utils() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

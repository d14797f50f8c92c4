package io.aipaging.sbi.transport;

import io.aipaging.sbi.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trusts who leads to the roots of some {@link TlsMaterial} and is on none of its lists. */
public final class PeerTrust implements X509TrustManager {
  private final X509TrustManager roots;
  private final List<X509CRL> lists;

  private PeerTrust(X509TrustManager roots, List<X509CRL> lists) {
    this.roots = roots;
    this.lists = lists;
  }

  /** Trust of what a listener or client has read. */
  public static X509TrustManager of(TlsMaterial material) {
    Bytes trust = material.trust();
    if (trust == null) {
      throw new IllegalArgumentException("there are no roots");
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate root :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(trust.toArray()))) {
        store.setCertificateEntry("root-" + number++, root);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return new PeerTrust(
          (X509TrustManager) factory.getTrustManagers()[0], material.revocations());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the roots are of no use", e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    requireUnlisted(chain);
    roots.checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    requireUnlisted(chain);
    roots.checkServerTrusted(chain, type);
  }

  private void requireUnlisted(X509Certificate[] chain) throws CertificateException {
    for (X509Certificate one : chain) {
      if (lists.stream().anyMatch(list -> list.isRevoked(one))) {
        throw new CertificateException("the certificate is revoked");
      }
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return roots.getAcceptedIssuers();
  }
}

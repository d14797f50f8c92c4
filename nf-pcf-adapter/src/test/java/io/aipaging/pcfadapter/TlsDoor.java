package io.aipaging.pcfadapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Mutual TLS in front of something that speaks HTTP/2 in cleartext. */
final class TlsDoor implements AutoCloseable {
  private static final char[] NONE = new char[0];
  private final SSLServerSocket door;
  private final InetSocketAddress behind;

  /**
   * Opens a door.
   *
   * @param certFile its chain, leaf first
   * @param keyFile its key
   * @param trustFile who is let in
   */
  TlsDoor(Path certFile, Path keyFile, Path trustFile, URI behind) throws Exception {
    this.behind = new InetSocketAddress(behind.getHost(), behind.getPort());
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(
        keys(certFile, keyFile).getKeyManagers(), trust(trustFile).getTrustManagers(), null);
    door =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 16, InetAddress.ofLiteral("127.0.0.1"));
    SSLParameters parameters = door.getSSLParameters();
    parameters.setNeedClientAuth(true);
    parameters.setApplicationProtocols(new String[] {"h2"});
    door.setSSLParameters(parameters);
    Thread.startVirtualThread(this::admit);
  }

  URI uri() {
    return URI.create("https://127.0.0.1:" + door.getLocalPort());
  }

  private static KeyManagerFactory keys(Path certFile, Path keyFile) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NONE);
    store.setKeyEntry("door", key(keyFile), NONE, certificates(certFile));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NONE);
    return keys;
  }

  private static TrustManagerFactory trust(Path trustFile) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NONE);
    store.setCertificateEntry("root", certificates(trustFile)[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    return trust;
  }

  private static Certificate[] certificates(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .toArray(Certificate[]::new);
    }
  }

  private static PrivateKey key(Path file) throws IOException {
    try (PEMParser pem = new PEMParser(Files.newBufferedReader(file))) {
      return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) pem.readObject());
    }
  }

  private void admit() {
    while (!door.isClosed()) {
      try {
        SSLSocket peer = (SSLSocket) door.accept();
        Thread.startVirtualThread(() -> pass(peer));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pass(SSLSocket peer) {
    try (peer;
        Socket inside = new Socket()) {
      peer.startHandshake();
      inside.connect(behind);
      Thread back = Thread.startVirtualThread(() -> copy(inside, peer));
      copy(peer, inside);
      back.join();
    } catch (IOException e) {
      // whoever has no certificate is not let in
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] some = new byte[8_192];
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        out.write(some, 0, n);
        out.flush();
      }
      to.close();
    } catch (IOException e) {
      // one side has gone
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}

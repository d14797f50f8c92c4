package io.aipaging.aexf.guard.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed P-256 certificate, made by the JDK's keytool for one test. */
record TestCertificate(KeyStore store, char[] password, Path certFile, Path keyFile) {
  static TestCertificate make(Path directory, String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    char[] password = Long.toHexString(System.nanoTime()).concat("pass").toCharArray();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                name,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(password))
            .inheritIO()
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    KeyStore store = KeyStore.getInstance(file.toFile(), password);
    Path cert = directory.resolve(name + ".crt");
    Path key = directory.resolve(name + ".key");
    Files.writeString(cert, pem("CERTIFICATE", store.getCertificate(name).getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", store.getKey(name, password).getEncoded()));
    return new TestCertificate(store, password, cert, key);
  }

  String sha256() throws Exception {
    byte[] der = store.getCertificate(store.aliases().nextElement()).getEncoded();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(der));
  }

  /** Trusts {@code server}; shows {@code identity} unless null. */
  static SSLContext context(TestCertificate server, TestCertificate identity) throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(
        "server", server.store().getCertificate(server.store().aliases().nextElement()));
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(trust);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    if (identity != null) {
      keys.init(identity.store(), identity.password());
    }
    context.init(identity == null ? null : keys.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }
}

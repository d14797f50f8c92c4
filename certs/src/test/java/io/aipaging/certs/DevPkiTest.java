package io.aipaging.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevPkiTest {
  private static final UUID ID = UUID.fromString("4947a69a-f61b-4bc1-b9da-47c9c5d14b64");
  private static final Subject AIPF = Subject.local("nf-aipf", ID);

  @TempDir Path parent;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T00:00:00Z"));

  @Test
  void aCertificateLeadsOverTheIntermediateToTheRoot() throws Exception {
    DevPki.Identity files = pki().identity(AIPF);
    List<X509Certificate> chain = certificates(files.certFile());
    X509Certificate root = certificates(files.trustFile()).getFirst();
    assertThat(chain).hasSize(2);
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now.get()));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
    X509Certificate leaf = chain.getFirst();
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(leaf.getSigAlgName()).isEqualTo("SHA256withECDSA");
    assertThat(leaf.getExtendedKeyUsage())
        .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(leaf.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .containsExactlyInAnyOrder("urn:uuid:" + ID, "localhost", "nf-aipf", "127.0.0.1");
    assertThat(chain.get(1).getBasicConstraints()).isZero();
    assertThat(root.getBasicConstraints()).isEqualTo(1);
    assertThat(Pem.toKey(Files.readAllBytes(files.keyFile())).getPublic())
        .isEqualTo(leaf.getPublicKey());
  }

  /** TS 33.310 clauses 6.1.3a and 6.1.3c: what an NF's certificate, and its authorities', hold. */
  @Test
  void certificatesHaveTheProfileOfNetworkFunctions() throws Exception {
    DevPki.Identity files = pki().identity(AIPF);
    List<X509Certificate> chain = new ArrayList<>(certificates(files.certFile()));
    chain.addAll(certificates(files.trustFile()));
    X509Certificate leaf = chain.getFirst();
    assertThat(leaf.getSubjectAlternativeNames())
        .anySatisfy(name -> assertThat((Object) name.get(1)).isEqualTo("urn:uuid:" + ID));
    assertThat(usages(leaf)).containsExactly(0); // digitalSignature
    assertThat(leaf.getCriticalExtensionOIDs()).contains("2.5.29.15");
    for (X509Certificate authority : chain.subList(1, 3)) {
      assertThat(usages(authority)).containsExactly(5, 6); // keyCertSign, cRLSign
      assertThat(authority.getCriticalExtensionOIDs()).contains("2.5.29.15", "2.5.29.19");
    }
    for (X509Certificate one : chain) {
      assertThat(one.getVersion()).isEqualTo(3);
      assertThat(one.getSerialNumber().bitLength()).isBetween(1, 159);
      assertThat(((ECPublicKey) one.getPublicKey()).getParams().getOrder().bitLength())
          .isEqualTo(256);
      assertThat(one.getSigAlgName()).isEqualTo("SHA256withECDSA");
      assertThat(one.getExtensionValue("2.5.29.14")).as("subjectKeyIdentifier").isNotNull();
      assertThat(one.getExtensionValue("2.5.29.35")).as("authorityKeyIdentifier").isNotNull();
    }
    assertThat(chain).extracting(X509Certificate::getSerialNumber).doesNotHaveDuplicates();
  }

  private static List<Integer> usages(X509Certificate certificate) {
    boolean[] bits = certificate.getKeyUsage();
    return IntStream.range(0, bits.length).filter(bit -> bits[bit]).boxed().toList();
  }

  @Test
  void aRevokedCertificateIsOnTheListForGoodAndIsNotGivenOutAgain() throws Exception {
    DevPki.Identity files = pki().identity(AIPF);
    X509Certificate first = certificates(files.certFile()).getFirst();
    X509Certificate intermediate = certificates(files.certFile()).get(1);
    Path file = pki().revoke(pki().serial("nf-aipf"));
    X509CRL list = Revocations.read(Files.readAllBytes(file));
    list.verify(intermediate.getPublicKey());
    assertThat(list.getNextUpdate().toInstant()).isEqualTo(now.get().plus(Duration.ofDays(30)));
    assertThat(list.isRevoked(first)).isTrue();

    pki().identity(AIPF);
    X509Certificate second = certificates(files.certFile()).getFirst();
    assertThat(second).isNotEqualTo(first);
    now.set(now.get().plus(Duration.ofDays(20)));
    X509CRL renewed = Revocations.read(Files.readAllBytes(pki().revoke(null)));
    assertThat(renewed.isRevoked(first)).isTrue();
    assertThat(renewed.isRevoked(second)).isFalse();
    assertThat(renewed.getRevokedCertificate(first).getRevocationDate())
        .isEqualTo(list.getThisUpdate());
    assertThatThrownBy(() -> pki().serial("root")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pki().serial("nobody")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyTheOwnerReadsKeys() throws Exception {
    pki().identity(AIPF);
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".key")).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatIsGoodIsKept() throws Exception {
    byte[] first = Files.readAllBytes(pki().identity(AIPF).certFile());
    now.set(now.get().plus(Duration.ofDays(80)));
    assertThat(Files.readAllBytes(pki().identity(AIPF).certFile())).isEqualTo(first);
  }

  @Test
  void whatIsAboutToExpireIsMadeAnewUnderTheSameRoot() throws Exception {
    DevPki.Identity files = pki().identity(AIPF);
    byte[] leaf = Files.readAllBytes(files.certFile());
    byte[] root = Files.readAllBytes(files.trustFile());
    now.set(now.get().plus(Duration.ofDays(84)));
    pki().identity(AIPF);
    assertThat(Files.readAllBytes(files.certFile())).isNotEqualTo(leaf);
    now.set(now.get().plus(Duration.ofDays(700)));
    pki().identity(AIPF);
    assertThat(Files.readAllBytes(files.trustFile())).isEqualTo(root);
    aCertificateLeadsOverTheIntermediateToTheRoot();
  }

  @Test
  void otherNamesMakeAnotherCertificate() throws Exception {
    byte[] first = Files.readAllBytes(pki().identity(AIPF).certFile());
    Subject moved = new Subject("nf-aipf", ID, List.of("aipf.example"), List.of("::1"));
    byte[] second = Files.readAllBytes(pki().identity(moved).certFile());
    assertThat(second).isNotEqualTo(first);
    assertThat(Files.readAllBytes(pki().identity(AIPF).certFile())).isNotEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nf-aipf.pem", "nf-aipf.key", "intermediate.key", "root.pem"})
  void whatIsDamagedIsMadeAnew(String damaged) throws Exception {
    pki().identity(AIPF);
    Files.writeString(folder().resolve(damaged), "damaged");
    pki().identity(AIPF);
    aCertificateLeadsOverTheIntermediateToTheRoot();
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    DevPki pki = pki();
    List<CompletableFuture<DevPki.Identity>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Subject subject = Subject.local("nf-" + i % 4, ID);
      all.add(CompletableFuture.supplyAsync(() -> pki.identity(subject)));
    }
    for (CompletableFuture<DevPki.Identity> one : all) {
      assertThat(certificates(one.get().certFile())).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", "A", "-a", "a.b", "root", "intermediate", "crl"})
  void aNameThatIsNoFileNameOfItsOwnIsRefused(String name) {
    assertThatThrownBy(() -> pki().identity(Subject.local(name, ID)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Path folder() {
    return parent.resolve("pki");
  }

  private DevPki pki() {
    return DevPki.in(folder(), now::get);
  }

  @SuppressWarnings("unchecked")
  private static List<X509Certificate> certificates(Path file) throws Exception {
    return (List<X509Certificate>)
        (List<?>)
            List.copyOf(
                CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
  }
}

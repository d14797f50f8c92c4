package io.aipaging.cli.certs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CertsCommandTest {
  @TempDir Path folder;
  private StringWriter out = new StringWriter();

  private int run(String... arguments) {
    out = new StringWriter();
    return new CommandLine(new CertsCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(arguments);
  }

  @Test
  void aCertificateIsIssuedOnceAndRenewedWhenAskedTo() throws Exception {
    String pki = folder.resolve("pki").toString();
    String[] issue = {"issue", "nf-aipf", "--folder", pki, "--dns", "aipf.example,aipf"};
    assertThat(run(issue)).isZero();
    assertThat(out.toString()).contains("cert-file", "key-file", "trust-file");
    Path cert = folder.resolve("pki/nf-aipf.pem");
    Path key = folder.resolve("pki/nf-aipf.key");
    String first = Files.readString(cert);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(run(issue)).isZero();
    assertThat(Files.readString(cert)).isEqualTo(first);
    issue[0] = "renew";
    assertThat(run(issue)).isZero();
    assertThat(Files.readString(cert)).isNotEqualTo(first);

    assertThat(run("show", cert.toString())).isZero();
    assertThat(out.toString())
        .contains("CN=nf-aipf", "name     aipf.example", "name     urn:uuid:", "valid    ");
  }

  @Test
  void theAuthoritysOwnNamesAreNobodyElses() {
    assertThat(run("issue", "root", "--folder", folder.toString())).isEqualTo(1);
    assertThat(run("issue", "No Name", "--folder", folder.toString())).isEqualTo(1);
  }

  @Test
  void aSigningKeyIsMadeAndNeverOverwritten() throws Exception {
    Path file = folder.resolve("keys/commit.key");
    assertThat(run("signing-key", file.toString())).isZero();
    assertThat(out.toString()).containsPattern("kid  [A-Za-z0-9_-]{43}");
    String made = Files.readString(file);
    assertThat(run("signing-key", file.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("is there already");
    assertThat(Files.readString(file)).isEqualTo(made);
  }

  @Test
  void aCertificateIsRevokedByNameOrBySerialNumber() {
    String pki = folder.resolve("pki").toString();
    String cert = folder.resolve("pki/nf-aipf.pem").toString();
    String list = folder.resolve("pki/crl.pem").toString();
    String[] issue = {"issue", "nf-aipf", "--folder", pki};
    run(issue);
    run("show", cert);
    String one = serial();
    issue[0] = "renew";
    run(issue);
    run("show", cert);
    String two = serial();
    assertThat(run("revoke", "--serial", one, "--folder", pki)).isZero();
    assertThat(out.toString()).contains("crl-file  " + list, one);
    assertThat(run("show", list)).isZero();
    assertThat(out.toString()).contains("revoked  " + one).doesNotContain(two);
    assertThat(run("revoke", "nf-aipf", "--folder", pki)).isZero();
    assertThat(run("show", list)).isZero();
    assertThat(out.toString()).contains("revoked  " + one, "revoked  " + two);
    assertThat(run("revoke", "--folder", pki)).isZero();
    assertThat(run("show", list)).isZero();
    assertThat(out.toString()).contains("revoked  " + one, "revoked  " + two);
    assertThat(run("revoke", "nobody", "--folder", pki)).isEqualTo(1);
    assertThat(run("revoke", "--serial", "no", "--folder", pki)).isEqualTo(2);
    assertThat(run("revoke", "nf-aipf", "--serial", one, "--folder", pki)).isEqualTo(2);
  }

  private String serial() {
    return out.toString()
        .lines()
        .filter(l -> l.startsWith("serial"))
        .findFirst()
        .orElseThrow()
        .replaceFirst("serial +", "");
  }

  @Test
  void aSigningKeyIsRotatedRevokedAndShown() {
    String file = folder.resolve("signing.pem").toString();
    assertThat(run("signing-key", file)).isZero();
    String one = kid();
    assertThat(run("rotate-key", file)).isZero();
    String two = kid();
    assertThat(run("show", file)).isZero();
    assertThat(out.toString().lines())
        .containsExactly("kid  " + two + "  first", "kid  " + one + "  former");
    assertThat(run("revoke-key", file, two)).isZero();
    String three = kid();
    assertThat(run("show", file)).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "kid  " + three + "  first", "kid  " + one + "  former", "kid  " + two + "  revoked");
    assertThat(run("revoke-key", file, two)).isEqualTo(1);
    assertThat(run("rotate-key", folder.resolve("nothing").toString())).isEqualTo(1);
  }

  private String kid() {
    return out.toString().lines().findFirst().orElseThrow().replaceFirst("kid +", "");
  }
}

package io.aipaging.cli.certs;

import io.aipaging.cli.session.ConnectionOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aipaging certs show}. */
@Command(
    name = "show",
    description = {
      "Prints whom the certificates in a file are for and until when, which a list revokes, or the",
      "ids of signing keys and, with --connection, what the running AIPF does with each."
    },
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Certificates or signing keys, PEM.")
  private Path file = Path.of("cert.pem");

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, GeneralSecurityException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    byte[] content = Files.readAllBytes(file);
    if (new String(content, StandardCharsets.US_ASCII).contains("PUBLIC KEY-----")) {
      SigningKeyList.print(out, file, connection.named() ? connection.keys() : null);
    } else if (new String(content, StandardCharsets.US_ASCII).contains("X509 CRL-----")) {
      for (var one :
          CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(content))) {
        print(out, (X509CRL) one);
      }
    } else {
      for (var one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))) {
        print(out, (X509Certificate) one);
      }
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, X509CRL one) {
    out.printf("issuer   %s%n", one.getIssuerX500Principal().getName());
    out.printf(
        "valid    %s to %s%n",
        one.getThisUpdate().toInstant(),
        one.getNextUpdate() == null ? "" : one.getNextUpdate().toInstant());
    Set<? extends X509CRLEntry> entries = one.getRevokedCertificates();
    if (entries != null) {
      entries.forEach(
          entry ->
              out.printf(
                  "revoked  %s %s%n",
                  entry.getSerialNumber().toString(16), entry.getRevocationDate().toInstant()));
    }
  }

  private static void print(PrintWriter out, X509Certificate one)
      throws CertificateParsingException {
    out.printf("subject  %s%n", one.getSubjectX500Principal().getName());
    out.printf("issuer   %s%n", one.getIssuerX500Principal().getName());
    out.printf("serial   %s%n", one.getSerialNumber().toString(16));
    out.printf(
        "valid    %s to %s%n", one.getNotBefore().toInstant(), one.getNotAfter().toInstant());
    Collection<List<?>> names = one.getSubjectAlternativeNames();
    if (names != null) {
      names.forEach(name -> out.printf("name     %s%n", name.get(1)));
    }
    out.println();
  }
}

package io.aipaging.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Files a configuration names. */
final class FileChecks {
  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration LIST_SOON = Duration.ofDays(3);
  private static final String RENEW =
      "renew it; a running function takes the new file up by itself";

  private final InstantSource clock;

  FileChecks(InstantSource clock) {
    this.clock = clock;
  }

  /** A certificate, or some: each has begun, and none ends soon. */
  Finding certificate(String key, Path file) {
    List<X509Certificate> chain;
    try (InputStream in = Files.newInputStream(file)) {
      chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
    } catch (IOException e) {
      return unreadable(key, file);
    } catch (CertificateException e) {
      return Finding.bad(key, file + " is no certificate", "name a PEM file, leaf first");
    }
    if (chain.isEmpty()) {
      return Finding.bad(key, file + " holds no certificate", "name a PEM file, leaf first");
    }
    Instant now = clock.instant();
    Instant ends = Instant.MAX;
    for (X509Certificate one : chain) {
      if (one.getNotBefore().toInstant().isAfter(now)) {
        return Finding.bad(key, file + " is valid only later", "look at this host's clock");
      }
      Instant end = one.getNotAfter().toInstant();
      ends = end.isBefore(ends) ? end : ends;
    }
    if (ends.isBefore(now)) {
      return Finding.bad(key, file + " ended at " + ends, RENEW);
    }
    return ends.isBefore(now.plus(SOON))
        ? Finding.doubtful(key, file + " ends at " + ends, RENEW)
        : Finding.ok(key, file + " is valid until " + ends);
  }

  /** Lists of revoked certificates: one that is out of date keeps a function from starting. */
  Finding revocations(String key, Path file) {
    Instant ends = Instant.MAX;
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends CRL> lists = CertificateFactory.getInstance("X.509").generateCRLs(in);
      if (lists.isEmpty()) {
        return Finding.bad(key, file + " holds no list of revoked certificates", "name a CRL, PEM");
      }
      for (CRL one : lists) {
        Date next = ((X509CRL) one).getNextUpdate();
        ends = next == null || ends.isBefore(next.toInstant()) ? ends : next.toInstant();
      }
    } catch (IOException e) {
      return unreadable(key, file);
    } catch (GeneralSecurityException e) {
      return Finding.bad(key, file + " is no list of revoked certificates", "name a CRL, PEM");
    }
    if (ends.isBefore(clock.instant())) {
      return Finding.bad(key, file + " is out of date since " + ends, RENEW);
    }
    return ends.isBefore(clock.instant().plus(LIST_SOON))
        ? Finding.doubtful(key, file + " is out of date from " + ends, RENEW)
        : Finding.ok(key, file + " is good until " + ends);
  }

  /** A secret: readable by its owner, and by nobody whom it does not concern. */
  Finding secret(String key, Path file) {
    if (!Files.isReadable(file)) {
      return unreadable(key, file);
    }
    try {
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
      return allowed.contains(PosixFilePermission.OTHERS_READ)
          ? Finding.bad(key, file + " can be read by everybody", "chmod o-rwx " + file)
          : Finding.ok(key, file + " is there, and not everybody's");
    } catch (IOException | UnsupportedOperationException e) {
      return Finding.doubtful(key, file + ": nobody says who may read it", "look at its mode");
    }
  }

  /** Any file that is read. */
  Finding readable(String key, Path file) {
    return Files.isReadable(file) ? Finding.ok(key, file + " is there") : unreadable(key, file);
  }

  /** A file, or a folder, that is made where it is not there yet. */
  Finding writable(String key, Path file) {
    Path whole = file.toAbsolutePath();
    Path there = whole;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    boolean writable =
        there != null
            && Files.isWritable(there)
            && (there.equals(whole) || Files.isDirectory(there));
    return writable
        ? Finding.ok(key, file + " can be written")
        : Finding.bad(
            key, file + " cannot be written", "mount a volume there that its user may write");
  }

  private static Finding unreadable(String key, Path file) {
    return Finding.bad(key, file + " cannot be read", "mount it, and let its user read it");
  }
}

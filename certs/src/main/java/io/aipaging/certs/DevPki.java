package io.aipaging.certs;

import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.TlsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority in a folder, for development: a root, an intermediate and one certificate
 * per network function. What exists and is still good is kept, so that every start of a set-up
 * finds the same certificates; what has gone bad or is about to expire is made anew.
 *
 * <p>Files: {@code root.pem} (what peers trust), {@code root.key}, {@code intermediate.pem}, {@code
 * intermediate.key}, {@code <name>.pem} (chain, leaf first) with {@code <name>.key}, and, once
 * something was revoked, {@code crl.pem}: the intermediate's list of revoked certificates. Keys
 * have mode 0600. Processes exclude each other by a lock file; within a process one object per
 * folder is used.
 */
public final class DevPki {
  private static final Duration ROOT_LIFE = Duration.ofDays(3_650);
  private static final Duration INTERMEDIATE_LIFE = Duration.ofDays(730);
  private static final Duration LEAF_LIFE = Duration.ofDays(90);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(7);
  private static final Duration CRL_LIFE = Duration.ofDays(30);
  private static final Set<String> RESERVED = Set.of("root", "intermediate", "crl");

  private final Path folder;
  private final InstantSource clock;
  private final CertificateMaker maker;
  private final ReentrantLock threads = new ReentrantLock();

  private DevPki(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    this.maker = new CertificateMaker(clock);
  }

  /** The authority in {@code folder}; nothing is made before it is needed. */
  public static DevPki in(Path folder, InstantSource clock) {
    return new DevPki(folder, clock);
  }

  /**
   * Files of one network function.
   *
   * @param certFile chain, leaf first
   * @param keyFile private key
   * @param trustFile what it trusts: the root
   */
  public record Identity(Path certFile, Path keyFile, Path trustFile) {
    /** For its listener. */
    public TlsConfig listener(ClientAuth clientAuth) {
      return new TlsConfig(certFile, keyFile, trustFile, clientAuth);
    }

    /** For its clients, with its certificate. */
    public ClientTlsConfig client() {
      return new ClientTlsConfig(trustFile, certFile, keyFile);
    }
  }

  /**
   * The files of {@code subject}, made or renewed when needed.
   *
   * @throws IllegalStateException when the folder cannot be used
   */
  public Identity identity(Subject subject) {
    return identity(subject, false);
  }

  /**
   * The files of {@code subject} with a fresh key and certificate, whatever the old ones are worth:
   * whoever uses the old ones takes up the new ones.
   *
   * @throws IllegalStateException when the folder cannot be used
   */
  public Identity renewed(Subject subject) {
    return identity(subject, true);
  }

  private Identity identity(Subject subject, boolean anew) {
    if (RESERVED.contains(subject.name())) {
      throw new IllegalArgumentException(subject.name() + " is the authority's own name");
    }
    alone(() -> leaf(subject, intermediate(root()), anew));
    return new Identity(pem(subject.name()), key(subject.name()), pem("root"));
  }

  private void alone(Runnable work) {
    SecretFiles.folder(folder);
    threads.lock();
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.unlock();
    }
  }

  /**
   * Writes a list of revoked certificates: what the former list has, and one certificate more. It
   * is good for thirty days and has to be written again before.
   *
   * @param serial serial number of a leaf; null only renews the list
   * @return the list's file
   * @throws IllegalStateException when the folder cannot be used
   */
  public Path revoke(@Nullable BigInteger serial) {
    alone(
        () -> {
          Authority intermediate = intermediate(root());
          X509CRL list = revocations().signed(intermediate, crl(), serial, CRL_LIFE);
          SecretFiles.writePublic(pem("crl"), Pem.ofCertificates(list));
        });
    return pem("crl");
  }

  /**
   * The serial number of the certificate that {@code name} has now.
   *
   * @throws IllegalArgumentException when it has none
   */
  public BigInteger serial(String name) {
    if (RESERVED.contains(name) || !Files.exists(pem(name))) {
      throw new IllegalArgumentException("there is no certificate of " + name + " in " + folder);
    }
    return maker.read(SecretFiles.read(pem(name))).getSerialNumber();
  }

  private Revocations revocations() {
    return new Revocations(clock);
  }

  private @Nullable X509CRL crl() {
    return Files.exists(pem("crl")) ? Revocations.read(SecretFiles.read(pem("crl"))) : null;
  }

  private Authority root() {
    Optional<Authority> kept = kept("root", null);
    if (kept.isPresent()) {
      return kept.get();
    }
    KeyPair pair = Pem.newKeyPair();
    X509Certificate certificate = maker.root(pair, ROOT_LIFE);
    store("root", pair, certificate);
    return new Authority(certificate, pair);
  }

  private Authority intermediate(Authority root) {
    Optional<Authority> kept = kept("intermediate", root);
    if (kept.isPresent()) {
      return kept.get();
    }
    KeyPair pair = Pem.newKeyPair();
    X509Certificate certificate = maker.intermediate(pair, root, INTERMEDIATE_LIFE);
    store("intermediate", pair, certificate);
    return new Authority(certificate, pair);
  }

  private void leaf(Subject subject, Authority intermediate, boolean anew) {
    Optional<Authority> kept = kept(subject.name(), intermediate);
    X509CRL list = crl();
    if (!anew
        && kept.isPresent()
        && subject.isNamedBy(kept.get().certificate())
        && (list == null || !list.isRevoked(kept.get().certificate()))) {
      return;
    }
    KeyPair pair = Pem.newKeyPair();
    X509Certificate certificate = maker.leaf(pair, subject, intermediate, LEAF_LIFE);
    store(subject.name(), pair, certificate, intermediate.certificate());
  }

  /** What is in the folder, if it is whole, signed by {@code issuer}, and lasts. */
  private Optional<Authority> kept(String name, @Nullable Authority issuer) {
    if (!Files.exists(pem(name)) || !Files.exists(key(name))) {
      return Optional.empty();
    }
    try {
      X509Certificate certificate = maker.read(SecretFiles.read(pem(name)));
      KeyPair pair = Pem.toKey(SecretFiles.read(key(name)));
      boolean good =
          certificate.getPublicKey().equals(pair.getPublic())
              && maker.lasts(certificate, RENEWED_BEFORE)
              && maker.isSignedBy(
                  certificate, issuer == null ? pair.getPublic() : issuer.pair().getPublic());
      return good ? Optional.of(new Authority(certificate, pair)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void store(String name, KeyPair pair, X509Certificate... chain) {
    SecretFiles.writeSecret(key(name), Pem.ofKey(pair));
    SecretFiles.writePublic(pem(name), Pem.ofCertificates((Object[]) chain));
  }

  private Path pem(String name) {
    return folder.resolve(name + ".pem");
  }

  private Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /** A certificate with its key. */
  record Authority(X509Certificate certificate, KeyPair pair) {}
}

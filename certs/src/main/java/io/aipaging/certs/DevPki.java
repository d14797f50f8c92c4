package io.aipaging.certs;

import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.TlsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
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
 * intermediate.key}, and {@code <name>.pem} (chain, leaf first) with {@code <name>.key}. Keys have
 * mode 0600. Processes exclude each other by a lock file; within a process one object per folder is
 * used.
 */
public final class DevPki {
  private static final Duration ROOT_LIFE = Duration.ofDays(3_650);
  private static final Duration INTERMEDIATE_LIFE = Duration.ofDays(730);
  private static final Duration LEAF_LIFE = Duration.ofDays(90);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(7);
  private static final Set<String> RESERVED = Set.of("root", "intermediate");

  private final Path folder;
  private final CertificateMaker maker;
  private final ReentrantLock threads = new ReentrantLock();

  private DevPki(Path folder, InstantSource clock) {
    this.folder = folder;
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
    SecretFiles.folder(folder);
    threads.lock();
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      Authority root = root();
      Authority intermediate = intermediate(root);
      leaf(subject, intermediate, anew);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.unlock();
    }
    return new Identity(pem(subject.name()), key(subject.name()), pem("root"));
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
    if (!anew && kept.isPresent() && subject.isNamedBy(kept.get().certificate())) {
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

package io.aipaging.sbi.transport;

import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.FileStamps;
import io.aipaging.sbi.config.TlsConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PEM files of one listener or client, whoever speaks TLS there. Renewed ones are taken up
 * while it goes on: connections that are open keep what they began with, new ones use the new
 * files. Files that do not fit together, and files that cannot be read, change nothing until they
 * are as they should be.
 */
public final class TlsFiles {
  /** How often files are looked at; a look at unchanged ones reads nothing. */
  static final Duration EVERY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
  private final @Nullable Path cert;
  private final @Nullable Path key;
  private final @Nullable Path trust;
  private final @Nullable Path crl;
  private TlsMaterial material;
  private FileStamps stamps;

  private TlsFiles(
      @Nullable Path cert, @Nullable Path key, @Nullable Path trust, @Nullable Path crl) {
    this.cert = cert;
    this.key = key;
    this.trust = trust;
    this.crl = crl;
    this.stamps = FileStamps.of(named());
    try {
      this.material = TlsMaterial.read(cert, key, trust, crl);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the TLS files " + named() + " are of no use: " + e.getMessage(), e);
    }
  }

  /**
   * Reads those of a listener.
   *
   * @throws IllegalArgumentException naming them, when they are of no use
   */
  public static TlsFiles of(TlsConfig tls) {
    return new TlsFiles(tls.certFile(), tls.keyFile(), tls.trustFile(), tls.crlFile());
  }

  static TlsFiles of(ClientTlsConfig tls) {
    return new TlsFiles(tls.certFile(), tls.keyFile(), tls.trustFile(), tls.crlFile());
  }

  /** What was in them when it was of use last. */
  public TlsMaterial material() {
    return material;
  }

  /**
   * Looks at the files from now on.
   *
   * @param use takes up renewed ones
   * @return stops looking
   */
  public Runnable watch(Vertx vertx, Function<TlsMaterial, Future<Boolean>> use) {
    long timer =
        vertx.setPeriodic(
            EVERY.toMillis(),
            _ -> {
              var _ = vertx.executeBlocking(this::renewed).compose(found -> taken(found, use));
            });
    return () -> vertx.cancelTimer(timer);
  }

  /** What is new since the last look and of use; null when nothing is. */
  private synchronized @Nullable TlsMaterial renewed() {
    FileStamps now = FileStamps.of(named());
    if (now.equals(stamps)) {
      return null;
    }
    try {
      TlsMaterial read = TlsMaterial.read(cert, key, trust, crl);
      stamps = now;
      return read.equals(material) ? null : read;
    } catch (IOException | GeneralSecurityException e) {
      LOG.atWarn()
          .addKeyValue("files", named())
          .addKeyValue("what", e.getMessage())
          .log("renewed TLS files are of no use yet");
      return null;
    }
  }

  private Future<Boolean> taken(
      @Nullable TlsMaterial found, Function<TlsMaterial, Future<Boolean>> use) {
    return found == null
        ? Future.succeededFuture(false)
        : use.apply(found)
            .onSuccess(_ -> keep(found))
            .onFailure(
                e ->
                    LOG.atWarn()
                        .addKeyValue("files", named())
                        .addKeyValue("what", e.getMessage())
                        .log("renewed TLS files were not taken"));
  }

  private synchronized void keep(TlsMaterial taken) {
    material = taken;
    LOG.atInfo().addKeyValue("files", named()).log("renewed TLS files are in use");
  }

  private List<Path> named() {
    return Stream.of(cert, key, trust, crl)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }
}

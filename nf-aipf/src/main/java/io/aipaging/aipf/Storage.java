package io.aipaging.aipf;

import io.aipaging.aipf.keyfile.KeyFiles;
import io.aipaging.aipf.keyfile.LedgerFile;
import io.aipaging.aipf.keys.KeptKeys;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.aipf.lease.memory.InMemoryLeaseStore;
import io.aipaging.aipf.lease.postgres.PostgresStorage;
import io.aipaging.aipf.lease.postgres.PostgresUri;
import io.aipaging.aipf.lease.rocksdb.RocksDbLeaseStore;
import io.aipaging.aipf.lease.rocksdb.RocksDbLimits;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the composition root that names stores, and the key kept beside one. */
public final class Storage {
  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final String SIGNING_KEY = "signing-key.pem";
  private static final String KEY_LEDGER = "signing-keys.json";

  private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

  private Storage() {}

  /** Opens the store that {@code config} names. */
  static OpenStore open(AipfConfig config, Vertx vertx, InstantSource clock) {
    Duration keep = keep(config);
    Path path = config.store().path();
    Path uriFile = config.store().uriFile();
    if (path != null) {
      RocksDbLeaseStore store = RocksDbStores.open(path, limits(config));
      return OpenStore.alone(
          store,
          () -> LedgerFile.open(path.resolve(KEY_LEDGER), keep, clock),
          () -> store.failure().isEmpty(),
          store::close);
    }
    if (uriFile != null) {
      return shared(config, PostgresUri.parse(read(uriFile)), vertx);
    }
    LOG.warn("sessions are kept in memory; they end with this process");
    AipfConfig.Limits limits = config.limits();
    LeaseStore store = new InMemoryLeaseStore(limits.sessionsMax(), limits.evidenceRetention());
    return OpenStore.alone(store, () -> KeptKeys.inMemory(keep, clock), () -> true, () -> {});
  }

  /**
   * A key may have signed just before its replica ended, and what it signed lives its whole life.
   */
  private static Duration keep(AipfConfig config) {
    return config.lease().sessionMax().plus(config.keys().retireMargin());
  }

  private static OpenStore shared(AipfConfig config, PostgresUri uri, Vertx vertx) {
    PostgresStorage.Identity who =
        new PostgresStorage.Identity(config.setId(), config.nfInstanceId(), Ids.random().next());
    AipfConfig.Limits limits = config.limits();
    PostgresStorage.Bounds bounds =
        new PostgresStorage.Bounds(
            config.store().timeout(), limits.sessionsMax(), limits.evidenceRetention());
    PostgresStorage storage = PostgresStorage.open(vertx, uri, who, bounds);
    return new OpenStore(
        storage.sessions(),
        storage.replicas(),
        () -> storage.keys(keep(config)),
        storage::tell,
        storage::available,
        storage::close);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** The store that {@code config} names, at rest, to be checked or exported. */
  public static StoreDump dump(AipfConfig config) {
    Path uriFile = config.store().uriFile();
    if (uriFile == null) {
      return RocksDbStores.dump(path(config), limits(config));
    }
    PostgresUri uri = PostgresUri.parse(read(uriFile));
    Vertx vertx = SbiVertx.create();
    return PostgresStorage.dump(
        vertx, uri, config.setId(), () -> SbiVertx.close(vertx, CLOSE_TIME));
  }

  /** A new store where {@code config} names one, to be filled by an import. */
  public static StoreFill fill(AipfConfig config) {
    Path uriFile = config.store().uriFile();
    if (uriFile == null) {
      return RocksDbStores.fill(path(config), limits(config));
    }
    PostgresUri uri = PostgresUri.parse(read(uriFile));
    Vertx vertx = SbiVertx.create();
    return PostgresStorage.fill(vertx, uri, () -> SbiVertx.close(vertx, CLOSE_TIME));
  }

  private static Path path(AipfConfig config) {
    Path path = config.store().path();
    if (path == null) {
      throw new StoreUnusable("the store is in memory: there is nothing of it at rest");
    }
    return path;
  }

  private static RocksDbLimits limits(AipfConfig config) {
    return new RocksDbLimits(
        config.limits().sessionsMax(),
        config.limits().evidenceRetention(),
        (long) config.store().cacheMegabytes() << 20);
  }

  /** The Set's keys: from files, or kept beside the store, or fresh as what is kept in memory. */
  static SigningKeys signingKeys(AipfConfig config) {
    List<Path> files = keyFiles(config);
    return files.isEmpty() ? SigningKeys.generate() : KeyFiles.signing(files);
  }

  /** Where the Set's keys are; nowhere if they end with the process. */
  static List<Path> keyFiles(AipfConfig config) {
    if (!config.keys().signingFiles().isEmpty()) {
      return config.keys().signingFiles();
    }
    Path path = config.store().path();
    return path == null ? List.of() : List.of(KeyFiles.kept(path.resolve(SIGNING_KEY)));
  }
}

package io.aipaging.aipf;

import io.aipaging.aipf.keyfile.KeyFiles;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.aipf.lease.memory.InMemoryLeaseStore;
import io.aipaging.aipf.lease.rocksdb.RocksDbLeaseStore;
import io.aipaging.aipf.lease.rocksdb.RocksDbLimits;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import io.aipaging.protocol.SigningKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the composition root that names stores, and the key kept beside one. */
public final class Storage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final String SIGNING_KEY = "signing-key.pem";
  private final LeaseStore store;
  private final BooleanSupplier usable;
  private final Runnable close;

  private Storage(LeaseStore store, BooleanSupplier usable, Runnable close) {
    this.store = store;
    this.usable = usable;
    this.close = close;
  }

  /** Opens the store that {@code config} names. */
  static Storage open(AipfConfig config) {
    Path path = config.store().path();
    AipfConfig.Limits limits = config.limits();
    if (path == null) {
      LOG.warn("sessions are kept in memory; they end with this process");
      return new Storage(
          new InMemoryLeaseStore(limits.sessionsMax(), limits.evidenceRetention()),
          () -> true,
          () -> {});
    }
    RocksDbLeaseStore store = RocksDbStores.open(path, limits(config));
    return new Storage(store, () -> store.failure().isEmpty(), store::close);
  }

  /** The store that {@code config} names, at rest, to be checked or exported. */
  public static StoreDump dump(AipfConfig config) {
    return RocksDbStores.dump(path(config), limits(config));
  }

  /** A new store where {@code config} names one, to be filled by an import. */
  public static StoreFill fill(AipfConfig config) {
    return RocksDbStores.fill(path(config), limits(config));
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
    if (!config.keys().signingFiles().isEmpty()) {
      return KeyFiles.signing(config.keys().signingFiles());
    }
    Path path = config.store().path();
    return path == null
        ? SigningKeys.generate()
        : KeyFiles.signing(List.of(KeyFiles.kept(path.resolve(SIGNING_KEY))));
  }

  LeaseStore store() {
    return store;
  }

  /** Whether it still takes appends. */
  boolean usable() {
    return usable.getAsBoolean();
  }

  @Override
  public void close() {
    close.run();
  }
}

package io.aipaging.aipf;

import io.aipaging.aipf.keyfile.KeyFiles;
import io.aipaging.aipf.keys.KeyRegistry;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.memory.InMemoryLeaseStore;
import io.aipaging.aipf.lease.postgres.PostgresStorage;
import io.aipaging.aipf.lease.postgres.PostgresUri;
import io.aipaging.aipf.lease.rocksdb.RocksDbLeaseStore;
import io.aipaging.aipf.lease.rocksdb.RocksDbLimits;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the composition root that names stores, and the key kept beside one.
 *
 * @param store sessions
 * @param ownership this process among those that share the store
 * @param keys the keys of all that share it, given the own ones
 * @param news tells what others do to sessions of this process
 * @param available whether it takes appends
 * @param closed closes it
 */
record Storage(
    LeaseStore store,
    Ownership ownership,
    Function<SigningKeys, KeyRegistry> keys,
    News news,
    BooleanSupplier available,
    Runnable closed)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final String SIGNING_KEY = "signing-key.pem";

  /** Signed just before the session's longest life began, and verified until it is over. */
  private static final Duration KEY_MARGIN = Duration.ofMinutes(5);

  /** What other processes do to sessions this one looks after. */
  @FunctionalInterface
  interface News {
    /**
     * Tells it until the returned action is run.
     *
     * @param moved told of a session; may block
     * @param everything when nobody can say which; must return at once
     */
    Runnable tell(Consumer<SessionId> moved, Runnable everything);
  }

  /** Opens the store that {@code config} names. */
  static Storage open(AipfConfig config, Vertx vertx) {
    Path path = config.store().path();
    Path uriFile = config.store().uriFile();
    if (path != null) {
      RocksDbLeaseStore store = RocksDbStores.open(path, limits(config));
      return alone(store, () -> store.failure().isEmpty(), store::close);
    }
    if (uriFile != null) {
      return shared(config, PostgresUri.parse(read(uriFile)), vertx);
    }
    LOG.warn("sessions are kept in memory; they end with this process");
    AipfConfig.Limits limits = config.limits();
    LeaseStore store = new InMemoryLeaseStore(limits.sessionsMax(), limits.evidenceRetention());
    return alone(store, () -> true, () -> {});
  }

  private static Storage alone(LeaseStore store, BooleanSupplier available, Runnable closed) {
    Ownership sole = Ownership.sole(Ids.random().next());
    return new Storage(store, sole, KeyRegistry::own, (moved, everything) -> () -> {}, available, closed);
  }

  private static RocksDbLimits limits(AipfConfig config) {
    return new RocksDbLimits(
        config.limits().sessionsMax(),
        config.limits().evidenceRetention(),
        (long) config.store().cacheMegabytes() << 20);
  }

  private static Storage shared(AipfConfig config, PostgresUri uri, Vertx vertx) {
    PostgresStorage.Identity who =
        new PostgresStorage.Identity(config.setId(), config.nfInstanceId(), Ids.random().next());
    AipfConfig.Limits limits = config.limits();
    PostgresStorage.Bounds bounds =
        new PostgresStorage.Bounds(
            config.store().timeout(), limits.sessionsMax(), limits.evidenceRetention());
    PostgresStorage storage = PostgresStorage.open(vertx, uri, who, bounds);
    Duration keep = config.lease().sessionMax().plus(KEY_MARGIN);
    return new Storage(
        storage.sessions(),
        storage.replicas(),
        own -> storage.keys(own, keep),
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

  /** Whether it still takes appends. */
  boolean usable() {
    return available.getAsBoolean();
  }

  @Override
  public void close() {
    closed.run();
  }
}

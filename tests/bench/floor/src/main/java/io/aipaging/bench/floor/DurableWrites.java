package io.aipaging.bench.floor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB and nothing around it: entries written by many callers become durable together, one sync
 * for all that came while the one before was under way. Nothing is read and nothing is compared.
 */
public final class DurableWrites implements AutoCloseable {
  private static final int WAITING_MAX = 65_536;
  private static final int TOGETHER_MAX = 1_024;
  private static final long BUFFER_BYTES = 16 << 20;
  private final Options options;
  private final RocksDB database;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Thread writer;

  private DurableWrites(Options options, RocksDB database) {
    this.options = options;
    this.database = database;
    this.writer = Thread.ofPlatform().name("floor-writer").daemon().start(this::run);
  }

  /**
   * An entry, US-ASCII.
   *
   * @param key key
   * @param value value
   */
  public record Entry(String key, String value) {}

  private record Waiting(List<Entry> entries, CompletableFuture<Void> durable) {}

  /** A new database in {@code folder}. */
  public static DurableWrites open(Path folder) {
    RocksDB.loadLibrary();
    Options options =
        new Options()
            .setCreateIfMissing(true)
            .setErrorIfExists(true)
            .setWriteBufferSize(BUFFER_BYTES)
            .setCompressionType(CompressionType.LZ4_COMPRESSION);
    try {
      return new DurableWrites(options, RocksDB.open(options, folder.toString()));
    } catch (RocksDBException e) {
      options.close();
      throw new IllegalStateException("no database in " + folder, e);
    }
  }

  /** Returns when {@code entries} are on the disk. */
  public void write(List<Entry> entries) {
    Waiting waiting = new Waiting(entries, new CompletableFuture<>());
    if (!queue.offer(waiting)) {
      throw new IllegalStateException("too many writes wait");
    }
    waiting.durable.join();
  }

  private void run() {
    List<Waiting> together = new ArrayList<>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        together.add(queue.take());
        queue.drainTo(together, TOGETHER_MAX - 1);
        sync(together);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RocksDBException e) {
        together.forEach(waiting -> waiting.durable.completeExceptionally(e));
      }
      together.clear();
    }
  }

  private void sync(List<Waiting> together) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (Waiting waiting : together) {
        for (Entry entry : waiting.entries) {
          batch.put(bytes(entry.key), bytes(entry.value));
        }
      }
      database.write(synced, batch);
    }
    together.forEach(waiting -> waiting.durable.complete(null));
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    writer.interrupt();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synced.close();
    database.close();
    options.close();
  }
}

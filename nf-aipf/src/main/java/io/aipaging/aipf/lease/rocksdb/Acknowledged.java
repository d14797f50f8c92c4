package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.StoreUnusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How far writes were acknowledged: RocksDB's sequence number, in a small mapped file. RocksDB
 * takes a log that ends too early for the torn tail of a power cut; a recovery that ends before
 * this number has lost what was acknowledged. The file is written without a sync, so it survives a
 * killed process exactly and may be behind after a power cut, never ahead of what is durable. Two
 * slots take turns, so that one of them is whole whenever the process ends.
 */
final class Acknowledged implements AutoCloseable {
  private static final int SLOTS = 2;
  private static final int SLOT_BYTES = 2 * Long.BYTES;
  private static final long CHECK = 0x61697066_2d61636bL;
  private final MemorySegment slots;
  private int next;

  private Acknowledged(MemorySegment slots) {
    this.slots = slots;
  }

  /** Makes the file: nothing is acknowledged. */
  static void create(Path file) throws IOException {
    Durable.write(file, new byte[SLOTS * SLOT_BYTES]);
    try (Acknowledged acknowledged = open(file)) {
      acknowledged.upTo(0);
      acknowledged.upTo(0);
      acknowledged.slots.force();
    }
  }

  /** Opens the file to go on. */
  static Acknowledged open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Acknowledged(
          channel.map(MapMode.READ_WRITE, 0, SLOTS * SLOT_BYTES, Arena.ofAuto()));
    }
  }

  /** The number in {@code file}. */
  static long read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StoreUnusable(file + " cannot be read" + Advice.RESTORE, e);
    }
    if (bytes.length == SLOTS * SLOT_BYTES) {
      MemorySegment slots = MemorySegment.ofArray(bytes);
      long number = Math.max(slot(slots, 0), slot(slots, 1));
      if (number >= 0) {
        return number;
      }
    }
    throw new StoreUnusable(file + " is damaged" + Advice.RESTORE);
  }

  private static long slot(MemorySegment slots, int slot) {
    long number = slots.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) slot * SLOT_BYTES);
    long check = slots.get(ValueLayout.JAVA_LONG_UNALIGNED, slot * SLOT_BYTES + Long.BYTES);
    return (number ^ CHECK) == check ? number : -1;
  }

  /** Everything up to {@code number} is durable and about to be acknowledged. */
  void upTo(long number) {
    long at = (long) next * SLOT_BYTES;
    slots.set(ValueLayout.JAVA_LONG_UNALIGNED, at, number);
    slots.set(ValueLayout.JAVA_LONG_UNALIGNED, at + Long.BYTES, number ^ CHECK);
    next = (next + 1) % SLOTS;
  }

  @Override
  public void close() {
    try {
      slots.force();
    } catch (UncheckedIOException e) {
      // It is behind then, which is allowed; the database has what was acknowledged.
    }
  }
}

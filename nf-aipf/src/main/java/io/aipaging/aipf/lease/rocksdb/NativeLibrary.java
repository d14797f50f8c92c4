package io.aipaging.aipf.lease.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/** RocksDB's native library, loaded once and leaving no file behind however the process ends. */
final class NativeLibrary {
  static {
    try {
      Path folder = Files.createTempDirectory("aipaging-rocksdb");
      try {
        NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
      } finally {
        remove(folder); // what is loaded stays loaded
      }
      RocksDB.loadLibrary();
    } catch (IOException e) {
      throw new UncheckedIOException("RocksDB's library cannot be unpacked", e);
    }
  }

  private NativeLibrary() {}

  /** Has it loaded. */
  static void load() {}

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}

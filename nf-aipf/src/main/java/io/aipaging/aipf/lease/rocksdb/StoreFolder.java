package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.StoreUnusable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a store is: the database, how far it was acknowledged, and the format, which is read before
 * anything else is touched and written when the rest is there.
 *
 * @param path the folder
 */
record StoreFolder(Path path) {
  /** The format this program writes, and the only one it reads. */
  static final int FORMAT = 1;

  private static final Pattern FORMAT_LINE = Pattern.compile("aipaging lease store (\\d{1,9})\n");

  Path database() {
    return path.resolve("db");
  }

  Path acknowledged() {
    return path.resolve("acknowledged");
  }

  private Path format() {
    return path.resolve("format");
  }

  /** Whether nothing was ever acknowledged here. */
  boolean fresh() {
    return Files.notExists(format());
  }

  /** Refuses a folder whose format is not this program's. */
  void requireFormat() {
    String line;
    try {
      line = Files.readString(format(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new StoreUnusable(format() + " cannot be read" + Advice.RESTORE, e);
    }
    Matcher matcher = FORMAT_LINE.matcher(line);
    if (!matcher.matches()) {
      throw new StoreUnusable(format() + " is damaged" + Advice.RESTORE);
    }
    int format = Integer.parseInt(matcher.group(1));
    if (format != FORMAT) {
      throw new StoreUnusable(
          path
              + " is a store of format "
              + format
              + "; this program knows format "
              + FORMAT
              + " only. Nothing was changed. Run the program that wrote it, or export there with"
              + " 'aipaging store export' and import here; 'aipaging store check' of that program"
              + " says whether it is well");
    }
  }

  /** Keeps every other process from opening the database to write, until it is closed. */
  FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            database().resolve("LOCK"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new StoreUnusable("another process has the store at " + path + " open");
    }
    return channel;
  }

  /** From now on it is a store. */
  void writeFormat() throws IOException {
    String line = "aipaging lease store " + FORMAT + "\n";
    Durable.write(format(), line.getBytes(StandardCharsets.ISO_8859_1));
  }
}

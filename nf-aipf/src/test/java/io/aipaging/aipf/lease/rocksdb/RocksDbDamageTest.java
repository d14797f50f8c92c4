package io.aipaging.aipf.lease.rocksdb;

import static io.aipaging.aipf.lease.StoredSessions.life;
import static io.aipaging.aipf.lease.StoredSessions.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.StoreUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One flipped bit, anywhere: the store refuses to start, or everything acknowledged is there. */
class RocksDbDamageTest {
  private static final RocksDbLimits LIMITS = new RocksDbLimits(1_000, Duration.ofDays(1), 8 << 20);
  private final Map<Session, List<String>> acknowledged =
      new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
  @TempDir Path folder;
  private Path whole;

  /** Three runs, so that there are tables, a log that is replayed and one that is appended to. */
  @BeforeEach
  void fill() {
    whole = folder.resolve("whole");
    for (int run = 0; run < 3; run++) {
      try (RocksDbLeaseStore store = RocksDbStores.open(whole, LIMITS)) {
        for (int moves = 0; moves <= life().size(); moves += 2) {
          String name = run + "." + (moves + 1);
          Session session = live(store, "10.45." + name, "k-" + name, moves);
          acknowledged.put(session, store.evidence(session.id(), 1, 100));
        }
      }
    }
  }

  @Test
  void aFlippedBitIsNeverBelieved() throws Exception {
    long seed = 20_261_123;
    Random random = new Random(seed);
    int refused = 0;
    List<Path> files = files(whole);
    assertThat(files).anyMatch(file -> file.toString().endsWith(".sst"));
    for (Path file : files) {
      for (int i = 0; i < flips(file); i++) {
        Path copy = copy();
        int bit = random.nextInt((int) Files.size(file) * 8);
        flip(copy.resolve(whole.relativize(file)), bit);
        refused += refuses(copy, "seed " + seed + " " + file.getFileName() + " bit " + bit) ? 1 : 0;
      }
    }
    assertThat(refused).isGreaterThan(10);
  }

  /** The log's last block is where RocksDB takes damage for the tail of a power cut. */
  @Test
  void noPlaceInTheNewestLogIsATornTail() throws Exception {
    Path log = newestLog(whole);
    int size = (int) Files.size(log);
    assertThat(size).isGreaterThan(10_000);
    for (int i = 1; i <= 12; i++) {
      Path copy = copy();
      flip(copy.resolve(whole.relativize(log)), (size - i * size / 13) * 8);
      assertThat(refuses(copy, "byte -" + i))
          .as("byte %d of %d", size - i * size / 13, size)
          .isTrue();
    }
  }

  @Test
  void aLogCutShortIsRefusedOnlyWhereItWasAcknowledged() throws Exception {
    Path log = newestLog(whole);
    byte[] bytes = Files.readAllBytes(log);
    Path torn = copy();
    byte[] unacknowledged = java.util.Arrays.copyOf(bytes, bytes.length + 100);
    unacknowledged[bytes.length + 50] = 7;
    Files.write(torn.resolve(whole.relativize(log)), unacknowledged);
    assertThat(refuses(torn, "torn tail")).isFalse();
    Path cut = copy();
    Files.write(
        cut.resolve(whole.relativize(log)), java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(refuses(cut, "cut")).isTrue();
    Files.delete(cut.resolve(whole.relativize(log)));
    assertThat(refuses(cut, "gone")).isTrue();
  }

  @Test
  void whatIsRefusedIsNotChanged() throws Exception {
    Path copy = copy();
    Path log = copy.resolve(whole.relativize(newestLog(whole)));
    flip(log, (int) Files.size(log) * 4);
    Map<String, Long> before = sizes(copy);
    assertThat(refuses(copy, "half")).isTrue();
    assertThat(sizes(copy)).isEqualTo(before);
    assertThat(refuses(copy, "half again")).isTrue();
  }

  private static int flips(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".log") ? 6 : name.startsWith("OPTIONS") || name.startsWith("LOG") ? 0 : 2;
  }

  private boolean refuses(Path copy, String as) {
    try (RocksDbLeaseStore store = RocksDbStores.open(copy, LIMITS)) {
      assertThat(store.list(SessionQuery.ALL, 1_000, null).sessions())
          .as(as)
          .containsExactlyInAnyOrderElementsOf(acknowledged.keySet());
      acknowledged.forEach(
          (session, evidence) ->
              assertThat(store.evidence(session.id(), 1, 100)).as(as).isEqualTo(evidence));
      return false;
    } catch (StoreUnusable e) {
      assertThat(e).as(as).hasMessageContaining("aipaging store check");
      return true;
    }
  }

  private Path copy() throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    try (Stream<Path> all = Files.walk(whole)) {
      for (Path from : all.skip(1).toList()) {
        Files.copy(from, copy.resolve(whole.relativize(from)));
      }
    }
    return copy;
  }

  private static void flip(Path file, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    Files.write(file, bytes);
  }

  private static List<Path> files(Path of) throws IOException {
    try (Stream<Path> all = Files.walk(of)) {
      return new ArrayList<>(
          all.filter(Files::isRegularFile)
              .filter(file -> file.toFile().length() > 0)
              .sorted()
              .toList());
    }
  }

  private static Path newestLog(Path of) throws IOException {
    return files(of).stream()
        .filter(file -> file.toString().endsWith(".log"))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private static Map<String, Long> sizes(Path of) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    for (Path file : files(of)) {
      if (!file.getFileName().toString().startsWith("LOG")) {
        sizes.put(of.relativize(file).toString(), Files.size(file));
      }
    }
    return sizes;
  }
}

package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.NOW;

import io.aipaging.aipf.lease.rocksdb.RocksDbLeaseStore;
import io.aipaging.aipf.lease.rocksdb.RocksDbLimits;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A process that appends as fast as it can and says what was acknowledged: {@code ready}, then a
 * line {@code <session> <version>} each, and {@code failed <message>} when the store takes no more.
 */
public final class StoreWriter {
  private static final Object OUT = new Object();

  private StoreWriter() {}

  /**
   * Arguments: folder of the store, a word no other run had, writers at once, sessions of each, and
   * steps of a life that each session makes.
   */
  public static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[0]);
    int writers = Integer.parseInt(arguments[2]);
    int sessions = Integer.parseInt(arguments[3]);
    List<Function<Session, SessionEvent>> life =
        StoredSessions.life().subList(0, Integer.parseInt(arguments[4]));
    try (RocksDbLeaseStore store =
        RocksDbStores.open(path, new RocksDbLimits(1_000_000, Duration.ofDays(1), 8 << 20))) {
      say("ready");
      Thread[] threads = new Thread[writers];
      for (int i = 0; i < writers; i++) {
        String name = arguments[1] + "-" + i;
        threads[i] = Thread.ofVirtual().start(() -> write(store, name, sessions, life));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      afterFailure(store);
    }
    say("done");
  }

  private static void write(
      LeaseStore store, String name, int sessions, List<Function<Session, SessionEvent>> life) {
    try {
      for (int i = 0; i < sessions; i++) {
        String id = "run-" + name + "-" + i;
        append(store, Samples.begin(Samples.facts(id, ownUe(id), "nef-1", id)));
        Session session = store.find(new SessionId(id)).orElseThrow();
        for (Function<Session, SessionEvent> next : life) {
          Transition transition = Samples.legal(session, next.apply(session), NOW);
          append(store, transition);
          session = transition.after();
        }
      }
    } catch (StoreUnavailable e) {
      say("failed " + e.getMessage());
    }
  }

  /** Sessions of a run that was killed go on having their flows. */
  private static String ownUe(String id) {
    String hash = Crypto.sha256Hex(id);
    return "2001:db8:"
        + String.join(
            ":",
            hash.substring(0, 4),
            hash.substring(4, 8),
            hash.substring(8, 12),
            hash.substring(12, 16),
            hash.substring(16, 20),
            hash.substring(20, 24));
  }

  private static void append(LeaseStore store, Transition transition) {
    if (!(store.append(transition) instanceof AppendResult.Appended)) {
      throw new AssertionError("nobody else writes " + transition.after().id());
    }
    say(transition.after().id() + " " + transition.after().version());
  }

  /** After a failed write nothing is taken any more, and what is durable can still be read. */
  private static void afterFailure(RocksDbLeaseStore store) {
    if (store.failure().isEmpty()) {
      return;
    }
    try {
      append(store, Samples.begin(Samples.facts("after-failure", "10.99.0.1", "nef", null)));
    } catch (StoreUnavailable e) {
      say("refused " + store.list(SessionQuery.ALL, 1, null).sessions().size());
    }
  }

  private static void say(String line) {
    synchronized (OUT) {
      System.out.println(line);
      System.out.flush();
    }
  }
}

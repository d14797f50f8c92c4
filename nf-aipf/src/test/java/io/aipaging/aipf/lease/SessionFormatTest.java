package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.StoredSessions.life;
import static io.aipaging.aipf.lease.StoredSessions.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.aipf.lease.memory.InMemoryLeaseStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sessions as the first program wrote them. They are in databases that later programs must read, so
 * the file is only ever added to: a form that changes takes the next number and a file of its own.
 * {@code -Drewrite} makes it afresh, which is right only before format 1 is released.
 */
class SessionFormatTest {
  private static final Path FORMAT_1 =
      Path.of("src/test/resources/io/aipaging/aipf/lease/sessions-format-1.jsonl");

  private static List<String> lines() throws IOException {
    if (System.getProperty("rewrite") != null) {
      Files.createDirectories(FORMAT_1.getParent());
      Files.write(FORMAT_1, sessions().stream().map(SessionFormatTest::text).toList());
    }
    return Files.readAllLines(FORMAT_1);
  }

  /** A session after each step of a whole life. */
  private static List<Session> sessions() {
    LeaseStore store = new InMemoryLeaseStore(1_000, Duration.ofDays(1));
    List<Session> sessions = new ArrayList<>();
    for (int moves = 0; moves <= life().size(); moves++) {
      sessions.add(live(store, "10.45.0." + (moves + 2), "k-" + moves, moves));
    }
    return sessions;
  }

  private static String text(Session session) {
    return new String(SessionCodec.write(session), StandardCharsets.UTF_8);
  }

  private static Session read(String line) {
    return SessionCodec.read(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatTheFirstProgramWroteIsReadAndWrittenByteForByte() throws IOException {
    List<String> lines = lines();
    assertThat(lines).hasSize(life().size() + 1);
    for (String line : lines) {
      assertThat(line).startsWith("{\"v\":1,");
      assertThat(text(read(line))).isEqualTo(line);
    }
  }

  @Test
  void itMeansWhatItMeantThen() throws IOException {
    List<Session> then = lines().stream().map(SessionFormatTest::read).toList();
    List<Session> now = sessions();
    for (int i = 0; i < now.size(); i++) {
      assertThat(then.get(i).version()).isEqualTo(i + 1);
      assertThat(then.get(i).state().name()).isEqualTo(now.get(i).state().name());
      assertThat(then.get(i).expiresAt()).isEqualTo(now.get(i).expiresAt());
      assertThat(then.get(i).facts().subscriber()).isEqualTo(now.get(i).facts().subscriber());
      assertThat(then.get(i).facts().service()).isEqualTo(now.get(i).facts().service());
    }
  }
}

package io.aipaging.aipf.lease.export;

import static io.aipaging.aipf.lease.StoredSessions.life;
import static io.aipaging.aipf.lease.StoredSessions.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.protocol.SessionId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every durable driver keeps when its store is checked and carried over into another. */
public abstract class StoreCopyContract {
  private static final Instant LATER = Instant.parse("2026-11-23T10:10:00Z");
  private static final int MOVES = life().size();
  @TempDir Path files;

  /** Opens the store of that name to be used; makes it where there is none. */
  protected abstract LeaseStore open(String name, int sessionsMax);

  /** Ends the use of a store. */
  protected abstract void close(LeaseStore store);

  /** A store at rest. */
  protected abstract StoreDump dump(String name);

  /** A new store to be filled. */
  protected abstract StoreFill fill(String name);

  /** A session at every second step of a life, one forgotten. */
  private Map<SessionId, List<String>> fillOne() {
    Map<SessionId, List<String>> evidence = new TreeMap<>();
    LeaseStore store = open("one", 1_000);
    Session forgotten = live(store, "10.45.0.1", "k-forgotten", MOVES);
    assertThat(store.compact(LATER)).isEqualTo(1);
    evidence.put(forgotten.id(), store.evidence(forgotten.id(), 1, 1_000));
    for (int moves = 1; moves <= MOVES; moves += 2) {
      Session session = live(store, "10.45.0." + (moves + 1), "k-" + moves, moves);
      evidence.put(session.id(), store.evidence(session.id(), 1, 1_000));
    }
    close(store);
    return evidence;
  }

  private List<Session> sessions(String name) {
    LeaseStore store = open(name, 1_000);
    List<Session> sessions = store.list(SessionQuery.ALL, 1_000, null).sessions();
    close(store);
    return sessions;
  }

  private Path export(String name) throws IOException {
    Path file = files.resolve(name + ".jsonl");
    List<String> faults = new ArrayList<>();
    try (StoreDump dump = dump(name);
        OutputStream out = Files.newOutputStream(file)) {
      StoreExport.run(dump, out, LATER, faults::add);
    }
    assertThat(faults).isEmpty();
    return file;
  }

  private StoreCheck.Report check(String name) {
    try (StoreDump dump = dump(name)) {
      return StoreCheck.of(dump);
    }
  }

  @Test
  public void aStoreThatIsWellHasNoFindings() {
    long records = fillOne().values().stream().mapToLong(List::size).sum();
    StoreCheck.Report report = check("one");
    assertThat(report.shown()).isEmpty();
    int sessions = (MOVES + 1) / 2;
    assertThat(report.totals()).isEqualTo(new Totals(sessions, sessions - 1, 1, records));
  }

  @Test
  public void anImportIsTheStoreThatWasExported() throws Exception {
    Map<SessionId, List<String>> evidence = fillOne();
    Totals imported = StoreImport.run(export("one"), () -> fill("two"));
    assertThat(imported).isEqualTo(check("one").totals());
    assertThat(check("two")).isEqualTo(check("one"));
    assertThat(sessions("two")).isEqualTo(sessions("one"));
    LeaseStore two = open("two", 1_000);
    evidence.forEach((id, records) -> assertThat(two.evidence(id, 1, 1_000)).isEqualTo(records));
    close(two);
  }

  @Test
  public void anImportedStoreGoesOnWhereTheOtherEnded() throws Exception {
    fillOne();
    StoreImport.run(export("one"), () -> fill("two"));
    int sessions = (MOVES + 1) / 2;
    LeaseStore two = open("two", sessions);
    assertThatThrownBy(() -> live(two, "10.45.9.9", "k-new", 0)).hasMessageContaining("Full");
    assertThatThrownBy(() -> live(two, "10.45.0.2", "k-new", 0)).hasMessageContaining("FlowInUse");
    assertThatThrownBy(() -> live(two, "10.45.9.9", "k-1", 0)).hasMessageContaining("KeyInUse");
    assertThat(two.compact(LATER)).isEqualTo(1);
    live(two, "10.45.9.9", "k-new", MOVES);
    two.compact(LATER.plus(Duration.ofDays(2)));
    close(two);
    assertThat(check("two").shown()).isEmpty();
    assertThat(check("two").totals().forgotten()).isEqualTo(1);
  }

  @Test
  public void whatIsOverIsNotLiveAgain() throws Exception {
    fillOne();
    StoreImport.run(export("one"), () -> fill("two"));
    assertThat(sessions("two")).filteredOn(Session::terminal).hasSize(1);
    Instant latest = sessions("one").stream().map(Session::expiresAt).max(Instant::compareTo).get();
    assertThat(sessions("two")).allMatch(session -> !session.expiresAt().isAfter(latest));
  }

  @Test
  public void anImportNeedsAPlaceWhereNoStoreIs() throws Exception {
    fillOne();
    Path export = export("one");
    assertThatThrownBy(() -> StoreImport.run(export, () -> fill("one")))
        .isInstanceOf(StoreUnusable.class);
    assertThat(check("one").shown()).isEmpty();
  }

  @Test
  public void anImportThatWasNotFinishedIsNoStore() throws Exception {
    fillOne();
    List<StoreDump.Part> parts = new ArrayList<>();
    try (StoreDump dump = dump("one")) {
      dump.parts(parts::add, fault -> {});
    }
    try (StoreFill fill = fill("two")) {
      fill.add(parts.subList(0, 2));
    }
    assertThatThrownBy(() -> open("two", 10)).isInstanceOf(StoreUnusable.class);
  }

  @Test
  public void anExportThatIsNotWholeIsRefusedBeforeAnythingIsMade() throws Exception {
    fillOne();
    String whole = Files.readString(export("one"));
    List<String> lines = whole.lines().toList();
    refused("", "cut");
    refused(whole.substring(0, whole.length() - 1), "cut");
    refused(whole.substring(0, whole.length() / 2), "cut");
    refused(whole + "\n", "follows");
    refused(whole.replaceFirst("Export\":1", "Export\":2"), "format 2");
    refused(whole.replaceFirst("af-1", "af-2"), "hash");
    refused(whole.replaceFirst("\"live\":", "\"live\":1"), "last line says");
    refused(String.join("\n", lines.subList(1, lines.size())) + "\n", "not an export");
    refused(lines.getFirst() + "\nnonsense\n", "not one of an export");
  }

  @Test
  public void aChangedChainIsRefusedEvenUnderARightHash() throws Exception {
    fillOne();
    List<String> lines = new ArrayList<>(Files.readString(export("one")).lines().toList());
    int first = lines.indexOf(lines.stream().filter(l -> l.startsWith("{\"ev")).findFirst().get());
    List<String> missing = new ArrayList<>(lines);
    missing.remove(first);
    refused(rehashed(missing), "evidence record 1");
    List<String> shorter = new ArrayList<>(lines);
    int last = first;
    while (shorter.get(last + 1).startsWith("{\"evidence")) {
      last++;
    }
    shorter.remove(last);
    refused(rehashed(shorter), "transitions and has");
    List<String> alone = new ArrayList<>(lines);
    alone.add(1, lines.get(first));
    refused(rehashed(alone), "evidence of no session");
  }

  @Test
  public void aTokenThatIsNoneOfItsSessionIsRefusedEvenUnderARightHash() throws Exception {
    fillOne();
    List<String> lines = Files.readString(export("one")).lines().toList();
    String token = "\"token\":\"[^\"]+\"";
    assertThat(lines).anyMatch(line -> line.matches(".*" + token + ".*"));
    List<String> changed =
        lines.stream().map(line -> line.replaceFirst(token, "\"token\":\"e30.e30.e30\"")).toList();
    refused(rehashed(changed), "its token is none of its own");
  }

  private static String rehashed(List<String> lines) throws Exception {
    String body = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    return body
        + lines.getLast().replaceFirst("[0-9a-f]{64}", HexFormat.of().formatHex(hash))
        + "\n";
  }

  private void refused(String export, String why) throws IOException {
    Path file = Files.writeString(files.resolve("refused.jsonl"), export);
    assertThatThrownBy(
            () ->
                StoreImport.run(
                    file,
                    () -> {
                      throw new AssertionError("nothing may be made");
                    }))
        .isInstanceOf(ImportRefused.class)
        .hasMessageContaining(why);
  }
}

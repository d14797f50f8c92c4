package io.aipaging.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.protocol.SessionFence.LeaseFence;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fences of one enforcer. Not thread-safe: an enforcer decides about one COMMIT at a time.
 *
 * <p>Lines of {@link #line} go to the enforcer's journal ({@code io.aipaging.sbi.journal.Journal})
 * before an {@code end} or a change of anchor is acknowledged; {@link #load} reads them after a
 * restart, the last line of a session wins.
 */
public final class Fences {
  private final Map<SessionId, SessionFence> sessions = new HashMap<>();

  /** The fence of a session, {@link SessionFence#NONE} if never heard of. */
  public SessionFence of(SessionId session) {
    return sessions.getOrDefault(session, SessionFence.NONE);
  }

  /** Remembers. */
  public void set(SessionId session, SessionFence fence) {
    sessions.put(session, fence);
  }

  /**
   * Forgets what refuses only COMMITs that have expired, even if the clock is then set back within
   * the bound.
   *
   * @param now wall time
   * @param skewBound how far clocks may differ
   */
  public void prune(Instant now, Duration skewBound) {
    Instant earliest = now.minus(skewBound);
    sessions.values().removeIf(fence -> fence.retainUntil().isBefore(earliest));
    sessions.replaceAll((session, fence) -> fence.pruned(earliest));
  }

  /** Sessions remembered. */
  public int size() {
    return sessions.size();
  }

  /** Their ids, in order. */
  public List<SessionId> sessions() {
    return List.copyOf(new TreeMap<>(sessions).keySet());
  }

  /** All fences as journal lines, by session id. */
  public List<String> lines() {
    return new TreeMap<>(sessions)
        .entrySet().stream().map(entry -> line(entry.getKey(), entry.getValue())).toList();
  }

  /** One fence as a journal line: JSON without line breaks. */
  public static String line(SessionId session, SessionFence fence) {
    ObjectNode node = StrictJson.MAPPER.createObjectNode();
    node.put("sid", session.value())
        .put("serveGen", fence.serveGen())
        .put("endedGen", fence.endedGen())
        .put("retainUntilMs", fence.retainUntil().toEpochMilli());
    ObjectNode leases = node.putObject("leases");
    new TreeMap<>(fence.leases())
        .forEach(
            (lease, last) ->
                leases
                    .putObject(lease.value())
                    .put("gen", last.gen())
                    .put("role", last.role().name())
                    .put("commitSha256", last.commitSha256())
                    .put("retainUntilMs", last.retainUntil().toEpochMilli()));
    return StrictJson.write(node);
  }

  /** Reads a journal line; throws {@link IllegalArgumentException} when it is not one. */
  public void load(String line) {
    Claims claims = Claims.parse(line);
    Claims leases = claims.object("leases");
    Map<LeaseId, LeaseFence> read = new HashMap<>();
    leases
        .node()
        .fieldNames()
        .forEachRemaining(
            lease -> {
              Claims last = leases.object(lease);
              read.put(
                  new LeaseId(lease),
                  new LeaseFence(
                      last.number("gen"),
                      CommitRole.valueOf(last.text("role")),
                      last.text("commitSha256"),
                      last.millis("retainUntilMs")));
            });
    set(
        new SessionId(claims.text("sid")),
        new SessionFence(
            claims.number("serveGen"),
            claims.number("endedGen"),
            claims.millis("retainUntilMs"),
            read));
  }
}

package io.aipaging.crash;

import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What somebody was told about a session, and so must never be untrue again.
 *
 * @param session its id
 * @param ue its UE
 * @param serving the newest lease that was told to serve, or null
 * @param gens every generation somebody saw
 * @param expiresAt its own end
 * @param end how far its end was asked for
 * @param terminal the terminal state it was told to be in, or null
 * @param liveAt when it was last told to be live
 */
record Told(
    String session,
    String ue,
    @Nullable Promise serving,
    Set<Long> gens,
    Instant expiresAt,
    End end,
    @Nullable String terminal,
    Instant liveAt) {
  private static final Set<String> LIVE = Set.of("PREPARING", "ACTIVE", "RELOCATING");

  Told {
    gens = Set.copyOf(gens);
  }

  /** How far the end of a session was asked for. */
  enum End {
    /** By nobody. */
    NOT_ASKED,
    /** Somebody asked and may not have been answered. */
    ASKED,
    /** It was answered. */
    ANSWERED
  }

  /** A lease that a session has, or one that is newer. */
  record Promise(String lease, long gen, Instant expiresAt) {}

  /** What {@code session} tells, read from {@code at} on. */
  static Told of(Session session, Instant at) {
    Optional<SessionLease> serving = newestServing(session);
    Set<Long> gens = new TreeSet<>();
    if (live(session)) {
      session.leases().stream()
          .filter(lease -> !lease.state().equals("HELD"))
          .forEach(lease -> gens.add(lease.gen()));
    }
    return new Told(
        session.sessionId(),
        session.ueAddress(),
        serving
            .map(lease -> new Promise(lease.leaseId(), lease.gen(), lease.expiresAt()))
            .orElse(null),
        gens,
        session.expiresAt(),
        End.NOT_ASKED,
        terminal(session) ? session.state() : null,
        live(session) ? at : Instant.EPOCH);
  }

  /** Whether it has a right to be steered. */
  static boolean live(Session session) {
    return LIVE.contains(session.state());
  }

  /** Whether nothing will happen to it any more. */
  static boolean terminal(Session session) {
    return !live(session) && !session.state().equals("ENDING");
  }

  /** The lease that takes new flows, if it is committed. */
  static Optional<SessionLease> newestServing(Session session) {
    return session.leases().stream()
        .filter(lease -> lease.state().equals("SERVING"))
        .max(Comparator.comparing(SessionLease::gen));
  }

  /** Both this and what was told besides. */
  Told and(Told other) {
    Set<Long> both = new TreeSet<>(gens);
    both.addAll(other.gens);
    return new Told(
        session,
        ue,
        newer(serving, other.serving),
        both,
        expiresAt.isAfter(other.expiresAt) ? expiresAt : other.expiresAt,
        end.compareTo(other.end) > 0 ? end : other.end,
        terminal == null ? other.terminal : terminal,
        liveAt.isAfter(other.liveAt) ? liveAt : other.liveAt);
  }

  private static @Nullable Promise newer(@Nullable Promise one, @Nullable Promise other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.gen() >= other.gen() ? one : other;
  }

  /** The same, and an enforcer was seen to obey {@code gen}. */
  Told obeyed(long gen) {
    Set<Long> more = new TreeSet<>(gens);
    more.add(gen);
    return new Told(session, ue, serving, more, expiresAt, end, terminal, liveAt);
  }

  /** The same with its end asked for so far. */
  Told ending(End asked) {
    End further = end.compareTo(asked) > 0 ? end : asked;
    return new Told(session, ue, serving, gens, expiresAt, further, terminal, liveAt);
  }
}

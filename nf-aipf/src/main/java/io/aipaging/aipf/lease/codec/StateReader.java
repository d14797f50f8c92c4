package io.aipaging.aipf.lease.codec;

import static io.aipaging.aipf.lease.codec.JsonIn.required;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.HoldAttempt;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SignedCommit;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} writes. */
final class StateReader {
  /** A move that waits for the core's word. */
  static final String CORE = "CORE";

  private @Nullable String name;
  private @Nullable Instant deadline;
  private @Nullable Lease lease;
  private @Nullable Lease old;
  private List<Lease.Ended> removing = List.of();
  private List<HoldAttempt> holds = List.of();
  private @Nullable String trigger;
  private @Nullable String runner;
  private @Nullable String move;
  private @Nullable String awaits;
  private @Nullable String undoneFor;
  private @Nullable EndReason reason;
  private EndReason.@Nullable Outcome outcome;
  private @Nullable SignedCommit end;
  private @Nullable Instant since;

  private StateReader() {}

  static SessionState read(JsonIn in) throws IOException {
    StateReader state = new StateReader();
    in.object(state::member);
    return state.build();
  }

  static String nameOf(Move move) {
    return switch (move) {
      case Move.Decided _ -> "DECIDED";
      case Move.TargetCommitted _ -> "TARGET_COMMITTED";
      case Move.Switched _ -> "SWITCHED";
      case Move.SwitchedBack _ -> "SWITCHED_BACK";
    };
  }

  private void member(String member, JsonIn in) throws IOException {
    switch (member) {
      case "name" -> name = in.text();
      case "deadline" -> deadline = in.instant();
      case "lease" -> lease = LeaseReader.lease(in);
      case "old" -> old = LeaseReader.lease(in);
      case "removing" -> removing = in.list(LeaseReader::ended);
      case "holds" -> holds = in.list(LeaseReader::hold);
      case "trigger" -> trigger = in.text();
      case "runner" -> runner = in.text();
      case "move" -> move = in.text();
      case "awaits" -> awaits = in.text();
      case "undoneFor" -> undoneFor = in.text();
      case "reason" -> reason = in.word(EndReason.class);
      case "outcome" -> outcome = in.word(EndReason.Outcome.class);
      case "end" -> end = LeaseReader.commit(in);
      case "since" -> since = in.instant();
      default -> in.skip();
    }
  }

  private SessionState build() {
    return switch (required(name, "state.name")) {
      case "PREPARING" ->
          new SessionState.Preparing(
              required(deadline, "deadline"), required(runner, "runner"), committedOrNull());
      case "ACTIVE" ->
          new SessionState.Active(
              LeaseReader.of(Lease.Serving.class, lease), drainingOrNull(), removing);
      case "RELOCATING" -> new SessionState.Relocating(errand(), move(), removing);
      case "ENDING" ->
          new SessionState.Ending(
              cause(),
              required(outcome, "outcome"),
              end,
              removing,
              holds,
              required(since, "since"),
              required(runner, "runner"));
      case "RELEASED" -> new SessionState.Released(cause(), endedAt(), lastOrNull());
      case "REVOKED" -> new SessionState.Revoked(cause(), endedAt(), lastOrNull());
      case "EXPIRED" -> new SessionState.Expired(cause(), endedAt(), lastOrNull());
      case "REJECTED" -> new SessionState.Rejected(cause(), endedAt(), lastOrNull());
      default -> throw new SessionUnreadable("a session is in a state this program does not know");
    };
  }

  private Move move() {
    return switch (required(move, "move")) {
      case "DECIDED" -> new Move.Decided(LeaseReader.of(Lease.Serving.class, old));
      case "TARGET_COMMITTED" ->
          new Move.TargetCommitted(LeaseReader.of(Lease.Serving.class, old), target());
      case "SWITCHED" -> new Move.Switched(LeaseReader.of(Lease.Draining.class, old), target());
      case "SWITCHED_BACK" ->
          new Move.SwitchedBack(
              LeaseReader.of(Lease.Committed.class, old), required(undoneFor, "undoneFor"));
      default -> throw new SessionUnreadable("a session moves in a way this program does not know");
    };
  }

  private SessionState.Errand errand() {
    return new SessionState.Errand(
        required(trigger, "trigger"),
        required(runner, "runner"),
        required(deadline, "deadline"),
        CORE.equals(awaits));
  }

  private EndCause cause() {
    return new EndCause(required(reason, "reason"), required(trigger, "trigger"));
  }

  private Instant endedAt() {
    return required(since, "since");
  }

  private Lease.Committed target() {
    return LeaseReader.of(Lease.Committed.class, lease);
  }

  private Lease.@Nullable Committed committedOrNull() {
    return lease == null ? null : target();
  }

  private Lease.@Nullable Draining drainingOrNull() {
    return old == null ? null : LeaseReader.of(Lease.Draining.class, old);
  }

  private Lease.@Nullable Ended lastOrNull() {
    return lease == null ? null : LeaseReader.of(Lease.Ended.class, lease);
  }
}

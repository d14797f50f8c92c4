package io.aipaging.aipf.lease.codec;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SignedCommit;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a state; {@link StateReader} reads it. */
final class StateWriter {
  private final JsonOut out;

  StateWriter(JsonOut out) {
    this.out = out;
  }

  void write(SessionState state) throws IOException {
    out.text("name", state.name());
    switch (state) {
      case SessionState.Preparing preparing -> {
        out.instant("deadline", preparing.deadline());
        out.text("runner", preparing.runner());
        lease("lease", preparing.lease());
      }
      case SessionState.Active active -> {
        lease("lease", active.serving());
        lease("old", active.draining());
        leases("removing", active.removing());
      }
      case SessionState.Relocating relocating -> {
        out.text("trigger", relocating.errand().trigger());
        out.text("runner", relocating.errand().runner());
        out.instant("deadline", relocating.errand().deadline());
        out.text("awaits", relocating.errand().awaitsCore() ? StateReader.CORE : null);
        move(relocating.move());
        leases("removing", relocating.removing());
      }
      case SessionState.Ending ending -> ending(ending);
      case SessionState.Terminal terminal -> {
        cause(terminal.cause());
        out.instant("since", terminal.endedAt());
        lease("lease", terminal.last());
      }
    }
  }

  private void move(Move move) throws IOException {
    out.text("move", StateReader.nameOf(move));
    switch (move) {
      case Move.Decided decided -> lease("old", decided.old());
      case Move.TargetCommitted committed -> {
        lease("lease", committed.target());
        lease("old", committed.old());
      }
      case Move.Switched switched -> {
        lease("lease", switched.target());
        lease("old", switched.old());
      }
      case Move.SwitchedBack back -> {
        lease("old", back.old());
        out.text("undoneFor", back.cause());
      }
    }
  }

  private void ending(SessionState.Ending ending) throws IOException {
    cause(ending.cause());
    out.text("runner", ending.runner());
    out.text("outcome", ending.outcome().name());
    commit("end", ending.end());
    leases("removing", ending.leases());
    out.objects(
        "holds",
        ending.holds(),
        hold -> {
          out.text("id", hold.lease().value());
          anchor(hold.anchor());
        });
    out.instant("since", ending.since());
  }

  private void cause(EndCause cause) throws IOException {
    out.text("reason", cause.reason().name());
    out.text("trigger", cause.trigger());
  }

  private void leases(String name, List<Lease.Ended> leases) throws IOException {
    out.objects(name, leases, this::members);
  }

  private void lease(String name, @Nullable Lease lease) throws IOException {
    if (lease != null) {
      out.object(name, () -> members(lease));
    }
  }

  private void members(Lease lease) throws IOException {
    out.text("name", lease.name());
    anchor(lease.anchor());
    switch (lease) {
      case Lease.Held held -> {
        out.text("id", held.id().value());
        out.instant("expiresAt", held.expiresAt());
      }
      case Lease.Draining draining -> {
        commit("commit", draining.commit());
        commit("served", draining.served());
      }
      case Lease.Live live -> commit("commit", live.commit());
      case Lease.Ended ended -> {
        out.text("id", ended.id().value());
        out.instant("expiresAt", ended.expiresAt());
        out.text("reason", ended.reason().name());
        commit("commit", ended.end());
        out.number("gen", ended.gen());
      }
    }
  }

  private void commit(String name, @Nullable SignedCommit commit) throws IOException {
    out.text(name, commit == null ? null : commit.jws());
  }

  private void anchor(LeaseAnchor anchor) throws IOException {
    out.object(
        "anchor",
        () -> {
          out.text("id", anchor.ref().id());
          out.text("dnai", anchor.ref().dnai());
          out.text("endpoint", anchor.ref().endpoint().toString());
          out.text("agent", anchor.agentId());
          out.text("gate", anchor.gateId());
        });
  }
}

package io.aipaging.simulation.bugs;

import io.aipaging.aipf.enforcement.Enforcement.Peers;
import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.signing.HashSigning;
import io.aipaging.simulation.variant.Variant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The network hears of a move before it is durable. */
final class ToldBeforeDurable extends Variant {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private @Nullable Timeline timeline;
  private @Nullable Peers peers;

  @Override
  public void begin(Timeline time, HashSigning signing) {
    timeline = time;
  }

  @Override
  public Peers peers(Peers real) {
    peers = real;
    return real;
  }

  @Override
  public LeaseStore store(LeaseStore real) {
    Peers told = peers;
    return new Stores(real) {
      @Override
      public AppendResult append(Transition transition) {
        transition.effects().forEach(effect -> tell(told, effect));
        return real.append(transition);
      }
    };
  }

  private void tell(@Nullable Peers told, Effect effect) {
    Timeline time = timeline;
    if (told == null || time == null) {
      return;
    }
    Life life = time.running().life();
    Call call = Call.within("eager", life.node().clock().instant(), PATIENCE);
    var _ = time.start(life, () -> carryOut(told, effect, call));
  }

  private static void carryOut(Peers told, Effect effect, Call call) {
    try {
      switch (effect) {
        case Effect.ApplyAtGate(String gate, var commits) ->
            told.gates()
                .steeringOf(gate)
                .ifPresent(
                    at ->
                        at.applyCommits(
                            call,
                            new ApplyCommits(commits.stream().map(SignedCommit::jws).toList())));
        case Effect.ApplyAtAnchor(String anchor, SignedCommit commit) ->
            told.anchors()
                .admissionOf(anchor)
                .ifPresent(at -> at.applyCommit(call, new ApplyCommit(commit.jws())));
        default -> {}
      }
    } catch (Refusal e) {
      return; // it is told again in time
    }
  }
}

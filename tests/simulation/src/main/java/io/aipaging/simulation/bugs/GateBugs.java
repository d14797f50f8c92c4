package io.aipaging.simulation.bugs;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.AppliedCommits;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.signing.HashSigning;
import io.aipaging.simulation.variant.Variant;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Bugs of a gate. */
final class GateBugs {
  private GateBugs() {}

  /** What its fences refuse it carries all the same. */
  static final class FencesSkipped extends Variant {
    private static final int JUMPS = 4;
    private @Nullable Forgery forgery;

    @Override
    public void begin(Timeline timeline, HashSigning signing) {
      forgery = new Forgery(signing);
    }

    @Override
    public NsmfadapterSteering steering(NsmfadapterSteering real) {
      return new Gates(real) {
        @Override
        public AppliedCommits applyCommits(Call call, ApplyCommits request) {
          Refusal stale = null;
          for (int jump = 0; jump <= JUMPS; jump++) {
            try {
              return real.applyCommits(call, newer(request, jump));
            } catch (Refusal e) {
              if (!e.problemCause().equals("STALE_GENERATION")) {
                throw e;
              }
              stale = e;
            }
          }
          throw stale == null ? new IllegalStateException() : stale;
        }
      };
    }

    private ApplyCommits newer(ApplyCommits request, int generations) {
      Forgery forged = forgery;
      return generations == 0 || forged == null
          ? request
          : new ApplyCommits(
              request.commits().stream().map(jws -> forged.newer(jws, generations)).toList());
    }
  }

  /** Its timeouts are rounded up to whole seconds. */
  static final class TimeoutsRoundedUp extends Variant {
    @Override
    public SteeringDriver driver(SteeringDriver real) {
      return new Drivers(real) {
        @Override
        public void apply(SteeringStep step) throws SteeringFailed {
          real.apply(with(step, left -> Duration.ofSeconds(left.plusMillis(999).toSeconds())));
        }
      };
    }
  }

  /** A restart of the adapter lets every grant begin its time again. */
  static final class TimersRestarted extends Variant {
    private final Map<Flow, SteeringStep> last = new HashMap<>();

    @Override
    public SteeringDriver driver(SteeringDriver real) {
      return new Drivers(real) {
        @Override
        public void apply(SteeringStep step) throws SteeringFailed {
          real.apply(step);
          last.put(step.flow(), step);
        }

        @Override
        public void restore(List<SteeringStep> wanted) throws SteeringFailed {
          real.restore(wanted);
          Set<GrantId> live = real.live();
          for (SteeringStep step : List.copyOf(last.values())) {
            if (step.carried().stream().allMatch(c -> live.contains(c.grant().id()))) {
              real.apply(new SteeringStep(step.flow(), step.carried(), List.of()));
            }
          }
        }
      };
    }
  }

  private static SteeringStep with(SteeringStep step, UnaryOperator<Duration> time) {
    List<Carried> carried =
        step.carried().stream()
            .map(c -> new Carried(c.grant(), time.apply(c.timeLeft()), c.takesNew()))
            .toList();
    return new SteeringStep(step.flow(), carried, step.ended());
  }

  /** A driver in front of another; as it is, it passes everything on. */
  private static class Drivers implements SteeringDriver {
    private final SteeringDriver real;

    Drivers(SteeringDriver real) {
      this.real = real;
    }

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public Optional<String> objection(Flow flow, TransportAddress anchor) {
      return real.objection(flow, anchor);
    }

    @Override
    public void apply(SteeringStep step) throws SteeringFailed {
      real.apply(step);
    }

    @Override
    public Set<GrantId> live() throws SteeringFailed {
      return real.live();
    }

    @Override
    public boolean isLive(GrantId grant) throws SteeringFailed {
      return real.isLive(grant);
    }

    @Override
    public boolean isUndisturbed() throws SteeringFailed {
      return real.isUndisturbed();
    }

    @Override
    public void restore(List<SteeringStep> wanted) throws SteeringFailed {
      real.restore(wanted);
    }

    @Override
    public Socket connectThrough(Flow flow, Grant grant, Duration timeMax) throws IOException {
      return real.connectThrough(flow, grant, timeMax);
    }

    @Override
    public Map<String, Long> denied() throws SteeringFailed {
      return real.denied();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}

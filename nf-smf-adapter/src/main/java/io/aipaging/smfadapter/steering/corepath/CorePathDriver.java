package io.aipaging.smfadapter.steering.corepath;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A gate whose core moves its path, too. The gate enforces leases, at once and by its own timers;
 * the core follows, and whether it does changes nothing about what the gate carries.
 */
public final class CorePathDriver implements SteeringDriver {
  private final SteeringDriver gate;
  private final PathFollower core;

  /** The gate, and what follows it. */
  public CorePathDriver(SteeringDriver gate, PathFollower core) {
    this.gate = gate;
    this.core = core;
  }

  @Override
  public String name() {
    return gate.name() + "+core-path";
  }

  @Override
  public Optional<String> objection(Flow flow, TransportAddress anchor) {
    return gate.objection(flow, anchor);
  }

  @Override
  public void apply(SteeringStep step) throws SteeringFailed {
    gate.apply(step);
    core.follow(step);
  }

  @Override
  public Set<GrantId> live() throws SteeringFailed {
    return gate.live();
  }

  @Override
  public boolean isLive(GrantId grant) throws SteeringFailed {
    return gate.isLive(grant);
  }

  @Override
  public boolean isUndisturbed() throws SteeringFailed {
    return gate.isUndisturbed();
  }

  @Override
  public void restore(List<SteeringStep> wanted) throws SteeringFailed {
    gate.restore(wanted);
    core.followAll(wanted);
  }

  @Override
  public Socket connectThrough(Flow flow, Grant grant, Duration timeMax) throws IOException {
    return gate.connectThrough(flow, grant, timeMax);
  }

  @Override
  public Map<String, Long> denied() throws SteeringFailed {
    return gate.denied();
  }

  @Override
  public void close() {
    gate.close();
  }
}

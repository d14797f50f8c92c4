package io.aipaging.smfadapter;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A driver whose lease steps are measured: one step is one transaction of the kernel. */
final class MeasuredDriver implements SteeringDriver {
  private final SteeringDriver driver;
  private final Timer done;
  private final Timer failed;
  private final Timer uncertain;

  MeasuredDriver(SteeringDriver driver, Metrics metrics) {
    this.driver = driver;
    this.done = metrics.fineTimer("smfadapter.step", "outcome", "DONE");
    this.failed = metrics.fineTimer("smfadapter.step", "outcome", "FAILED");
    this.uncertain = metrics.fineTimer("smfadapter.step", "outcome", "UNCERTAIN");
  }

  @Override
  public String name() {
    return driver.name();
  }

  @Override
  public Optional<String> objection(Flow flow, TransportAddress anchor) {
    return driver.objection(flow, anchor);
  }

  @Override
  public void apply(SteeringStep step) throws SteeringFailed {
    long begun = System.nanoTime();
    Timer timer = failed;
    try {
      driver.apply(step);
      timer = done;
    } catch (SteeringFailed e) {
      timer = e.isUncertain() ? uncertain : failed;
      throw e;
    } finally {
      timer.record(Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  @Override
  public Set<GrantId> live() throws SteeringFailed {
    return driver.live();
  }

  @Override
  public boolean isLive(GrantId grant) throws SteeringFailed {
    return driver.isLive(grant);
  }

  @Override
  public boolean isUndisturbed() throws SteeringFailed {
    return driver.isUndisturbed();
  }

  @Override
  public void restore(List<SteeringStep> wanted) throws SteeringFailed {
    driver.restore(wanted);
  }

  @Override
  public Socket connectThrough(Flow flow, Grant grant, Duration timeMax) throws IOException {
    return driver.connectThrough(flow, grant, timeMax);
  }

  @Override
  public Map<String, Long> denied() throws SteeringFailed {
    return driver.denied();
  }

  @Override
  public void close() {
    driver.close();
  }
}

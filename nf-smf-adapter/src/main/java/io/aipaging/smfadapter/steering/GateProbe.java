package io.aipaging.smfadapter.steering;

import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.enforcer.EnforcerClock;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Asks the anchor of a COMMIT whether it is usable, straight or the way its grant leads. */
record GateProbe(SteeringDriver driver, AnchorProbe probe, EnforcerClock clock) {
  private static final Duration TIME_MAX = Duration.ofSeconds(1);

  /** Opens a connection within a time. */
  @FunctionalInterface
  private interface Way {
    Socket open(Duration timeMax) throws IOException;
  }

  /** Straight to the anchor. */
  ProbeResult reachable(Commit commit) {
    return ask(commit, timeMax -> probe.connect(commit.anchor().endpoint(), timeMax));
  }

  /**
   * Through the installed grant. Agents answer by TCP only; for a UDP service the grant's presence
   * is checked and the agent asked straight.
   */
  ProbeResult steered(Commit commit, Optional<CarriedLease> lease) {
    if (lease.isEmpty() || !isLive(lease.get().grant())) {
      return unusable(0, "NOT_STEERED");
    }
    if (commit.flow().service().protocol() == Transport.UDP) {
      return reachable(commit);
    }
    Grant grant = lease.get().grant();
    return ask(commit, timeMax -> driver.connectThrough(commit.flow(), grant, timeMax));
  }

  private boolean isLive(Grant grant) {
    try {
      return driver.isLive(grant.id());
    } catch (SteeringFailed e) {
      return false;
    }
  }

  private ProbeResult ask(Commit commit, Way way) {
    long started = clock.nanos();
    try (Socket connection = way.open(TIME_MAX)) {
      Duration left = TIME_MAX.minusNanos(clock.nanos() - started);
      AnchorProbe.Answer answer = probe.ask(connection, commit.session(), left);
      return judge(commit, answer, millisSince(started));
    } catch (SocketTimeoutException e) {
      return unusable(millisSince(started), "TIMEOUT");
    } catch (AnchorProbeFailed e) {
      return unusable(millisSince(started), e.problem());
    } catch (IOException e) {
      return unusable(millisSince(started), "UNREACHABLE");
    }
  }

  private static ProbeResult judge(Commit commit, AnchorProbe.Answer answer, long rttMs) {
    Optional<String> problem = Optional.empty();
    if (!answer.anchorId().equals(commit.anchor().id())) {
      problem = Optional.of("WRONG_ANCHOR");
    } else if (!answer.session().equals(commit.session().value())) {
      problem = Optional.of("WRONG_SESSION");
    } else if (answer.gen() == null) {
      problem = Optional.of("NO_LEASE");
    } else if (answer.gen() != commit.gen()) {
      problem = Optional.of("WRONG_GENERATION");
    } else if (!answer.healthy()) {
      problem = Optional.of("MODEL_UNHEALTHY");
    }
    return new ProbeResult(
        problem.isEmpty(), answer.anchorId(), answer.gen(), rttMs, problem.orElse(null));
  }

  private long millisSince(long started) {
    return Duration.ofNanos(clock.nanos() - started).toMillis();
  }

  private static ProbeResult unusable(long rttMs, String cause) {
    return new ProbeResult(false, null, null, rttMs, cause);
  }
}

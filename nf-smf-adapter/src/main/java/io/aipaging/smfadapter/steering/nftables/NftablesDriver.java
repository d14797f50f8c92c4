package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.smfadapter.netlink.NetlinkFailed;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.nftables.KernelTable.Timed;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Steers in the kernel of the N6 router, by packet mark to a next hop or by rewriting the
 * destination. The kernel ends every grant by itself, also when this process is dead. Commands run
 * only where routes and table are made; grants are elements, written over netlink.
 */
public final class NftablesDriver implements SteeringDriver {
  private final GateElements elements;
  private final GateInstallation installation;
  private final KernelGate kernel;
  private final ProbePorts probePorts;
  private final ReentrantLock lock = new ReentrantLock();

  private NftablesDriver(NftablesConfig config, GateSockets sockets) throws NetlinkFailed {
    this.elements = new GateElements(config);
    this.installation = new GateInstallation(config, sockets);
    this.kernel = new KernelGate(elements, sockets);
    this.probePorts = new ProbePorts(config);
  }

  /**
   * Takes over the gate of this thread's network namespace. A table of the same version and
   * configuration that nobody has edited is kept with the grants that live in it; any other is
   * replaced, and its grants end.
   *
   * @throws SteeringFailed when the kernel or a command refuses
   */
  public static NftablesDriver open(NftablesConfig config) throws SteeringFailed {
    return open(config, false);
  }

  /** The same; {@code portable} writes for kernels that give an element no new time. */
  static NftablesDriver open(NftablesConfig config, boolean portable) throws SteeringFailed {
    GateSockets sockets = null;
    try {
      sockets = GateSockets.open(config.table());
      NftablesDriver driver = new NftablesDriver(config, sockets);
      driver.installation.install();
      driver.kernel.begin(portable);
      return driver;
    } catch (NetlinkFailed e) {
      close(sockets);
      throw failed("cannot take over the gate", e);
    } catch (SteeringFailed e) {
      close(sockets);
      throw e;
    }
  }

  @Override
  public String name() {
    return "nftables";
  }

  @Override
  public Optional<String> objection(Flow flow, TransportAddress anchor) {
    return elements
        .objection(flow, anchor)
        .or(
            () ->
                installation.isUnreachable(anchor.address())
                    ? Optional.of("the next hop to the anchor is unreachable")
                    : Optional.empty());
  }

  @Override
  public void apply(SteeringStep step) throws SteeringFailed {
    for (SteeringStep.Carried carried : step.carried()) {
      Optional<String> objection = objection(step.flow(), carried.grant().anchor());
      if (objection.isPresent()) {
        throw new SteeringFailed(objection.get());
      }
    }
    locked(
        "a lease step",
        () -> {
          kernel.apply(step);
          return step;
        });
  }

  @Override
  public Set<GrantId> live() throws SteeringFailed {
    Set<GrantId> live = new TreeSet<>();
    for (Timed timed : locked("live grants", () -> kernel.list("grant_live"))) {
      GateElements.grant(timed.element()).ifPresent(live::add);
    }
    return live;
  }

  @Override
  public boolean isLive(GrantId grant) throws SteeringFailed {
    return locked("a grant", () -> kernel.isLive(grant));
  }

  @Override
  public boolean isUndisturbed() throws SteeringFailed {
    return locked(
        "the gate's state", () -> kernel.isUndisturbed() && !installation.mayBeDisturbed());
  }

  @Override
  public void restore(List<SteeringStep> wanted) throws SteeringFailed {
    locked(
        "the gate was not restored",
        () -> {
          long started = System.nanoTime();
          kernel.distrust();
          installation.install();
          kernel.restore(wanted, started);
          return wanted;
        });
  }

  @Override
  public Socket connectThrough(Flow flow, Grant grant, Duration timeMax) throws IOException {
    if (flow.service().protocol() != Transport.TCP) {
      throw new IOException("only TCP services can be probed through a grant");
    }
    return probePorts.connect(
        flow,
        grant,
        timeMax,
        (port, before, life) -> {
          try {
            locked(
                "a probe",
                () -> {
                  kernel.lead(port, before, life);
                  return port;
                });
          } catch (SteeringFailed e) {
            throw new IOException("the gate takes no probe", e);
          }
        });
  }

  @Override
  public Map<String, Long> denied() throws SteeringFailed {
    return locked("counters", kernel::denied);
  }

  /** Leaves the table as it is: its grants end by themselves and nothing leaks without them. */
  @Override
  public void close() {
    lock.lock();
    try {
      kernel.close();
    } finally {
      lock.unlock();
    }
  }

  private static void close(@Nullable GateSockets sockets) {
    if (sockets != null) {
      sockets.close();
    }
  }

  /** Something asked of the kernel. */
  @FunctionalInterface
  private interface Request<T> {
    T run() throws NetlinkFailed, SteeringFailed;
  }

  private <T> T locked(String what, Request<T> request) throws SteeringFailed {
    lock.lock();
    try {
      return request.run();
    } catch (NetlinkFailed e) {
      throw failed(what, e);
    } finally {
      lock.unlock();
    }
  }

  private static SteeringFailed failed(String what, NetlinkFailed e) {
    return e.isUncertain()
        ? SteeringFailed.uncertain(what + ": " + e.getMessage())
        : new SteeringFailed(what, e);
  }
}

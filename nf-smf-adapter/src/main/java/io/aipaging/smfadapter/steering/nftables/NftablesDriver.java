package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Steers by packet mark in the kernel of the N6 router. The kernel ends every grant by itself, also
 * when this process is dead. IPv4 only. Grants are never ended by deleting connection tracking
 * entries: an entry whose grant is gone is what makes the kernel reset its TCP connection.
 */
public final class NftablesDriver implements SteeringDriver {
  private final NftablesConfig config;
  private final HostCommand host;
  private final ReentrantLock lock = new ReentrantLock();
  private final ProbePorts probePorts;
  private GateState state;

  private NftablesDriver(NftablesConfig config, HostCommand host, GateState state) {
    this.config = config;
    this.host = host;
    this.state = state;
    this.probePorts = new ProbePorts(config);
  }

  /**
   * Takes over the gate of this host. A table of the same version and configuration is kept with
   * the grants that live in it; any other is replaced, and its grants end.
   *
   * @throws SteeringFailed when the kernel or a command refuses
   */
  public static NftablesDriver open(NftablesConfig config) throws SteeringFailed {
    HostCommand host = new HostCommand(config.commandPrefix());
    new GateRouting(config).install(host);
    GateRuleset ruleset = GateRuleset.of(config);
    if (!isLoaded(config, host, ruleset)) {
      host.require(ruleset.script(), "nft", "-f", "-");
    }
    return new NftablesDriver(config, host, list(config, host).state());
  }

  @Override
  public String name() {
    return "nftables";
  }

  @Override
  public Optional<String> objection(Flow flow, TransportAddress anchor) {
    if (!(flow.ue().address() instanceof Inet4Address)) {
      return Optional.of("this gate carries IPv4 only");
    }
    if (!config.services().contains(flow.service())) {
      return Optional.of("the service address is not in this gate's scope");
    }
    if (nextHop(anchor).isEmpty()) {
      return Optional.of("this gate has no next hop to the anchor");
    }
    return Optional.empty();
  }

  @Override
  public void apply(SteeringStep step) throws SteeringFailed {
    lock.lock();
    try {
      String script = script(step);
      if (!script.isEmpty()) {
        run(script);
      }
      remember(step);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Set<GrantId> live() throws SteeringFailed {
    return list(config, host).live();
  }

  @Override
  public void retainOnly(Collection<GrantId> known) throws SteeringFailed {
    lock.lock();
    try {
      GateScript script = new GateScript(config.table());
      Set<GrantId> keep = Set.copyOf(known);
      state
          .selected()
          .forEach(
              (flow, grant) -> {
                if (!keep.contains(grant)) {
                  script.unselect(flow, grant);
                }
              });
      state
          .marks()
          .forEach(
              (grant, mark) -> {
                if (!keep.contains(grant)) {
                  script.end(grant, mark);
                }
              });
      if (!script.text().isEmpty()) {
        run(script.text());
        state = list(config, host).state();
      }
    } finally {
      lock.unlock();
    }
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
        script -> {
          try {
            run(script);
          } catch (SteeringFailed e) {
            throw new IOException("the gate takes no probe", e);
          }
        });
  }

  @Override
  public Map<String, Long> denied() throws SteeringFailed {
    String json = host.require("", "nft", "-j", "list", "counters", "table", "ip", config.table());
    return GateListing.parse(json).denied();
  }

  /** Leaves the table as it is: its grants end by themselves and nothing leaks without them. */
  @Override
  public void close() {}

  private String script(SteeringStep step) throws SteeringFailed {
    GateScript script = new GateScript(config.table());
    for (Carried carried : step.carried()) {
      Grant grant = carried.grant();
      script.carry(carried, mark(grant), state.mark(grant.id()));
    }
    String key = GateState.key(step.flow());
    GrantId before = state.selected(key);
    Optional<Carried> takesNew = step.carried().stream().filter(Carried::takesNew).findFirst();
    if (takesNew.isPresent()) {
      script.select(key, takesNew.get(), before);
    } else if (before != null) {
      script.unselect(key, before);
    }
    for (Grant grant : step.ended()) {
      Integer mark = state.mark(grant.id());
      if (mark != null) {
        script.end(grant.id(), mark);
      }
    }
    return script.text();
  }

  private void remember(SteeringStep step) throws SteeringFailed {
    String key = GateState.key(step.flow());
    state.unselect(key);
    for (Carried carried : step.carried()) {
      state.lead(carried.grant().id(), mark(carried.grant()), carried.timeLeft());
      if (carried.takesNew()) {
        state.select(key, carried.grant().id());
      }
    }
    step.ended().forEach(grant -> state.forget(grant.id()));
  }

  /** One transaction. When it fails the kernel may know better than the driver what is there. */
  private void run(String script) throws SteeringFailed {
    try {
      host.require(script, "nft", "-f", "-");
    } catch (SteeringFailed e) {
      lock.lock();
      try {
        state = list(config, host).state();
      } catch (SteeringFailed unreadable) {
        e.addSuppressed(unreadable);
      } finally {
        lock.unlock();
      }
      throw e;
    }
  }

  private int mark(Grant grant) throws SteeringFailed {
    return nextHop(grant.anchor())
        .orElseThrow(() -> new SteeringFailed("no next hop to " + grant.anchor()))
        .mark();
  }

  private Optional<NextHop> nextHop(TransportAddress anchor) {
    return config.nextHops().stream()
        .filter(next -> next.address().equals(anchor.address()))
        .findFirst();
  }

  private static boolean isLoaded(NftablesConfig config, HostCommand host, GateRuleset ruleset)
      throws SteeringFailed {
    HostCommand.Answer answer =
        host.run("", "nft", "-j", "list", "chain", "ip", config.table(), ruleset.version());
    return answer.status() == 0 && GateListing.parse(answer.output()).hasChain(ruleset.version());
  }

  private static GateListing list(NftablesConfig config, HostCommand host) throws SteeringFailed {
    return GateListing.parse(host.require("", "nft", "-j", "list", "table", "ip", config.table()));
  }
}

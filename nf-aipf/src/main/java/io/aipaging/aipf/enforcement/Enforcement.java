package io.aipaging.aipf.enforcement;

import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.strand.Strand;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.admission.AnchorStatus;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.admission.Hold;
import io.aipaging.openapi.admission.LeaseList;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.admission.ReleaseHold;
import io.aipaging.openapi.admission.SetDrain;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.ListQosBindings;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.GrantList;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks gates, anchors and the core's QoS. Every method blocks until {@code deadline} at the latest
 * as far as the wiring keeps it, and throws the peer's {@link Refusal}; every request may be
 * repeated. Thread-safe.
 */
public final class Enforcement {
  private static final Logger LOG = LoggerFactory.getLogger(Enforcement.class);
  private final String consumer;
  private final GateDirectory gates;
  private final AnchorDirectory anchors;
  private final NpcfadapterQosbinding qos;
  private final Strands strands;

  /**
   * Asks the outside.
   *
   * @param consumer own name in calls
   * @param strands where questions are asked side by side
   */
  public Enforcement(String consumer, Peers peers, Strands strands) {
    this.consumer = consumer;
    this.gates = peers.gates();
    this.anchors = peers.anchors();
    this.qos = peers.qos();
    this.strands = strands;
  }

  /** Who is asked. */
  public record Peers(GateDirectory gates, AnchorDirectory anchors, NpcfadapterQosbinding qos) {}

  /** Asks beside the caller, as {@link Strands#start}. */
  public <T> Strand<T> start(Callable<T> question) {
    return strands.start(question);
  }

  /** When a path is probed (lease-protocol §5, Probe). */
  public enum Phase {
    /** Before the switch, straight to the anchor. */
    REACHABLE,
    /** After it, through the installed grant. */
    STEERED
  }

  /** Carries an effect out. */
  public void perform(Effect effect, Instant deadline) {
    var _ =
        guarded(
            () -> {
              carryOut(effect, deadline);
              return effect;
            });
  }

  private void carryOut(Effect effect, Instant deadline) {
    Call call = call(deadline).withPriority(Call.IMPORTANT);
    switch (effect) {
      case Effect.ApplyAtGate(String gate, var commits) -> {
        var _ =
            gate(gate)
                .applyCommits(
                    call, new ApplyCommits(commits.stream().map(SignedCommit::jws).toList()));
      }
      case Effect.ApplyAtAnchor(String anchor, SignedCommit commit) -> {
        var _ = anchor(anchor).applyCommit(call, new ApplyCommit(commit.jws()));
      }
      case Effect.ReleaseHold(String anchor, LeaseId lease) -> {
        var _ = anchor(anchor).releaseHold(call, new ReleaseHold(lease.value()));
      }
      case Effect.ConfirmQos(String ref, Instant expiresAt) -> {
        var _ = confirmQos(ref, expiresAt, deadline);
      }
      case Effect.DeleteQos(String ref) -> {
        var _ = qos.deleteQosBinding(call, new DeleteQosBinding(ref));
      }
    }
  }

  /** Asks an anchor for a slot. */
  public Lease.Held hold(
      Session session, LeaseId lease, LeaseAnchor anchor, Duration ttl, Instant deadline) {
    CreateHold request =
        new CreateHold(
            lease.value(),
            session.id().value(),
            session.facts().service().aisi().toString(),
            Math.toIntExact(ttl.toMillis()));
    Hold hold = guarded(() -> anchor(anchor.id()).createHold(call(deadline), request));
    return new Lease.Held(lease, anchor, hold.holdExpiresAt());
  }

  /** Asks the core for the session's QoS, held until it is confirmed. */
  public QosStanding bindQos(Session session, Duration ttl, Instant deadline) {
    SessionFacts facts = session.facts();
    SessionFacts.Subscriber subscriber = facts.subscriber();
    QosGrant grant = facts.service().qos().grant();
    String reference = grant.qosReference();
    if (reference == null) {
      return QosStanding.NOT_REQUESTED;
    }
    CreateQosBinding request =
        new CreateQosBinding(
            facts.bindingRef(),
            subscriber.ue().toString(),
            address(facts.service().address()),
            subscriber.dnn(),
            subscriber.snssai(),
            subscriber.supi(),
            reference,
            grant.maxBwUl(),
            grant.maxBwDl(),
            Math.toIntExact(ttl.toMillis()));
    return QosStanding.enforcement(
        guarded(() -> qos.createQosBinding(call(deadline), request)).enforcement());
  }

  /** Lets a QoS binding last until {@code expiresAt}. */
  public QosStanding confirmQos(String bindingRef, Instant expiresAt, Instant deadline) {
    ConfirmQosBinding request = new ConfirmQosBinding(bindingRef, expiresAt);
    return QosStanding.enforcement(
        guarded(() -> qos.confirmQosBinding(call(deadline).withPriority(Call.IMPORTANT), request))
            .enforcement());
  }

  /** Some of what a gate carries; {@code pageToken} is from the page before, or null. */
  public GrantList grants(String gateId, @Nullable String pageToken, Instant deadline) {
    return guarded(() -> gate(gateId).listGrants(call(deadline), new ListGrants(null, pageToken)));
  }

  /** Some of what an anchor admits. */
  public LeaseList leases(String anchorId, @Nullable String pageToken, Instant deadline) {
    return guarded(
        () -> anchor(anchorId).listLeases(call(deadline), new ListLeases(null, pageToken)));
  }

  /** Some of the QoS bindings the adapter knows. */
  public QosBindingList bindings(@Nullable String pageToken, Instant deadline) {
    return guarded(() -> qos.listQosBindings(call(deadline), new ListQosBindings(null, pageToken)));
  }

  /** A QoS binding as the core shows it, where it shows any. */
  public QosBinding binding(String bindingRef, Instant deadline) {
    return guarded(() -> qos.getQosBinding(call(deadline), new GetQosBinding(bindingRef)));
  }

  /** Lets the gate in front of {@code anchor} open a connection to it. */
  public ProbeResult probe(SignedCommit commit, LeaseAnchor anchor, Phase phase, Instant deadline) {
    ProbeCommit request = new ProbeCommit(commit.jws(), phase.name());
    return guarded(() -> gate(anchor.gateId()).probeCommit(call(deadline), request));
  }

  /** Lets an anchor drain, or no longer. */
  public AnchorStatus setDrain(String anchorId, boolean draining, Instant deadline) {
    return guarded(() -> anchor(anchorId).setDrain(call(deadline), new SetDrain(draining)));
  }

  /** A peer in the same process must not be able to throw anything else than one over HTTP. */
  private static <T> T guarded(Supplier<T> question) {
    try {
      return question.get();
    } catch (Refusal e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("peer failed");
      throw Refusal.of(500, "SYSTEM_FAILURE", "A peer failed.");
    }
  }

  private NsmfadapterSteering gate(String id) {
    return gates.steeringOf(id).orElseThrow(() -> unknown("gate"));
  }

  private NaexfAdmission anchor(String id) {
    return anchors.admissionOf(id).orElseThrow(() -> unknown("anchor"));
  }

  private static Refusal unknown(String what) {
    return Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "Nobody knows this " + what + ".");
  }

  private static ServiceAddress address(ServiceEndpoint endpoint) {
    return new ServiceAddress(
        endpoint.address().getHostAddress(), endpoint.protocol().name(), endpoint.port());
  }

  private Call call(Instant deadline) {
    return new Call(consumer, deadline, null);
  }
}

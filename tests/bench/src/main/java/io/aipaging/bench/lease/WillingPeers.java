package io.aipaging.bench.lease;

import io.aipaging.aipf.enforcement.AnchorDirectory;
import io.aipaging.aipf.enforcement.GateDirectory;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.ListQosBindings;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.SigningKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Gate, anchors and QoS in this process, willing and without a memory. The gate verifies every
 * COMMIT, as every enforcer does; the anchors believe it. Nobody lists what it holds, so that the
 * AIPF compares nothing.
 */
final class WillingPeers {
  private static final Duration SKEW = Duration.ofMillis(250);
  private final InstantSource clock;
  private final CommitVerifier verifier;
  private final LongAdder bindingsDeleted = new LongAdder();
  private volatile Runnable admitted = () -> {};

  WillingPeers(SigningKeys keys, String issuer, InstantSource clock) {
    this.clock = clock;
    this.verifier = new CommitVerifier(KeySet.ofJwks(keys.jwks()), issuer, Seeds.GATE, SKEW);
  }

  /** Calls {@code told} whenever an anchor has taken a COMMIT: the last a renewal needs. */
  void onAdmitted(Runnable told) {
    admitted = told;
  }

  /** QoS bindings deleted so far. */
  long bindingsDeleted() {
    return bindingsDeleted.sum();
  }

  GateDirectory gates() {
    WillingGate gate = new WillingGate(verifier, clock);
    return id -> id.equals(Seeds.GATE) ? Optional.of(gate) : Optional.empty();
  }

  AnchorDirectory anchors() {
    return id -> Optional.of(new WillingAnchor(id, clock, () -> admitted.run()));
  }

  NpcfadapterQosbinding qos() {
    return new Qos();
  }

  static Refusal noLists() {
    return Refusal.of(503, "NF_CONGESTION", "Nothing is listed here.");
  }

  private final class Qos implements NpcfadapterQosbinding {
    @Override
    public QosBinding createQosBinding(Call call, CreateQosBinding request) {
      return new QosBinding(
          request.bindingRef(),
          "HELD",
          "ACCEPTED",
          request.qosReference(),
          clock.instant().plusMillis(request.holdTtlMs()),
          null);
    }

    @Override
    public QosBinding confirmQosBinding(Call call, ConfirmQosBinding request) {
      return new QosBinding(
          request.bindingRef(),
          "CONFIRMED",
          "CONFIRMED",
          "ai-interactive",
          null,
          request.expiresAt());
    }

    @Override
    public QosBinding routeQosBinding(Call call, RouteQosBinding request) {
      throw new AssertionError("an AIPF does not ask for routes");
    }

    @Override
    public QosBinding getQosBinding(Call call, GetQosBinding request) {
      throw Refusal.of(404, "BINDING_NOT_FOUND", "Nothing is kept here.");
    }

    @Override
    public NoContent deleteQosBinding(Call call, DeleteQosBinding request) {
      bindingsDeleted.increment();
      return NoContent.INSTANCE;
    }

    @Override
    public QosBindingList listQosBindings(Call call, ListQosBindings request) {
      throw noLists();
    }
  }
}

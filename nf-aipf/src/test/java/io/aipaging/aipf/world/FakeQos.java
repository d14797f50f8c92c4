package io.aipaging.aipf.world;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The core's QoS in memory: held bindings go by themselves, confirmed ones do not. */
public final class FakeQos implements NpcfadapterQosbinding {
  private final InstantSource clock;
  private final Faults faults;
  private final Map<String, QosBinding> bindings = new HashMap<>();

  FakeQos(InstantSource clock, Faults faults) {
    this.clock = clock;
    this.faults = faults;
  }

  @Override
  public QosBinding createQosBinding(Call call, CreateQosBinding request) {
    faults.called("qos.create");
    QosBinding binding =
        new QosBinding(
            request.bindingRef(),
            "HELD",
            "ACCEPTED",
            request.qosReference(),
            clock.instant().plusMillis(request.holdTtlMs()),
            null);
    synchronized (this) {
      bindings.put(request.bindingRef(), binding);
    }
    faults.answering("qos.create");
    return binding;
  }

  @Override
  public QosBinding confirmQosBinding(Call call, ConfirmQosBinding request) {
    faults.called("qos.confirm");
    synchronized (this) {
      QosBinding held = find(request.bindingRef());
      QosBinding confirmed =
          new QosBinding(
              held.bindingRef(),
              "CONFIRMED",
              "CONFIRMED",
              held.qosReference(),
              null,
              request.expiresAt());
      bindings.put(held.bindingRef(), confirmed);
      faults.answering("qos.confirm");
      return confirmed;
    }
  }

  @Override
  public QosBinding getQosBinding(Call call, GetQosBinding request) {
    return find(request.bindingRef());
  }

  @Override
  public NoContent deleteQosBinding(Call call, DeleteQosBinding request) {
    faults.called("qos.delete");
    synchronized (this) {
      bindings.remove(request.bindingRef());
    }
    faults.answering("qos.delete");
    return NoContent.INSTANCE;
  }

  private synchronized QosBinding find(String ref) {
    prune();
    QosBinding binding = bindings.get(ref);
    if (binding == null) {
      throw Refusal.of(404, "BINDING_NOT_FOUND", "no such binding");
    }
    return binding;
  }

  private void prune() {
    bindings
        .values()
        .removeIf(
            binding -> {
              Instant until = binding.holdExpiresAt();
              return until != null && !clock.instant().isBefore(until);
            });
  }

  /** Bindings at the core now. */
  public synchronized Map<String, QosBinding> bindings() {
    prune();
    return Map.copyOf(bindings);
  }
}

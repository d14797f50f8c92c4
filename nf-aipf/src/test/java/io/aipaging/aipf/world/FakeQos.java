package io.aipaging.aipf.world;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.ListQosBindings;
import io.aipaging.openapi.qosbinding.ListedBinding;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The core's QoS in memory: held bindings go by themselves, confirmed ones do not. */
public final class FakeQos implements NpcfadapterQosbinding {
  private static final int PAGE = 2;
  private final InstantSource clock;
  private final Faults faults;
  private final Map<String, QosBinding> bindings = new HashMap<>();
  private final Map<String, String> terminated = new ConcurrentHashMap<>();

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
  public QosBindingList listQosBindings(Call call, ListQosBindings request) {
    faults.called("qos.list");
    NavigableMap<String, ListedBinding> all = new TreeMap<>();
    bindings().forEach((ref, binding) -> all.put(ref, listed(binding)));
    terminated.forEach(
        (ref, cause) ->
            all.put(ref, new ListedBinding(ref, "TERMINATED", "ACCEPTED", null, cause)));
    String after = request.pageToken() == null ? "" : request.pageToken();
    List<ListedBinding> listed = all.tailMap(after, false).values().stream().limit(PAGE).toList();
    faults.answering("qos.list");
    return new QosBindingList(listed, listed.size() < PAGE ? null : listed.getLast().bindingRef());
  }

  private static ListedBinding listed(QosBinding binding) {
    return new ListedBinding(
        binding.bindingRef(),
        binding.state(),
        binding.enforcement(),
        binding.state().equals("HELD") ? binding.holdExpiresAt() : binding.expiresAt(),
        null);
  }

  /** The core ends a binding, and whoever should have told did not. */
  public synchronized void terminate(String ref, String cause) {
    bindings.remove(ref);
    terminated.put(ref, cause);
  }

  /** The core forgets all of it. */
  public synchronized void forget() {
    bindings.clear();
  }

  @Override
  public QosBinding routeQosBinding(Call call, RouteQosBinding request) {
    throw new AssertionError("an AIPF does not ask for routes");
  }

  @Override
  public QosBinding getQosBinding(Call call, GetQosBinding request) {
    faults.called("qos.get");
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

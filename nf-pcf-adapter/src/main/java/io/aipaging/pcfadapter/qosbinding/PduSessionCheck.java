package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.PduSessions.Standing;
import io.aipaging.protocol.UeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds PDU sessions that have ended without a word, and addresses that are another UE's now: no
 * binding, and so no lease, outlives the PDU session it was made for (lease-protocol §5, Release).
 */
final class PduSessionCheck {
  /** What TS 29.514 calls it. */
  private static final String CAUSE = "PDU_SESSION_TERMINATION";

  private final Workshop shop;
  private final BindingTable table;
  private final Termination termination;
  private final CoreLook look;
  private final FlowWatch flows;
  private @Nullable String lookedUpLast;

  PduSessionCheck(Workshop shop, Termination termination, CoreLook look) {
    this.shop = shop;
    this.table = shop.table();
    this.termination = termination;
    this.look = look;
    this.flows = new FlowWatch(shop.observer());
  }

  /** A binding that the core has accepted. */
  private record Standee(Binding binding, String appSessionId) {
    String lane() {
      return binding.identity().lane();
    }

    static @Nullable Standee of(Binding binding) {
      return switch (binding) {
        case Binding.Held held -> new Standee(held, held.appSessionId());
        case Binding.Confirmed confirmed -> new Standee(confirmed, confirmed.appSessionId());
        default -> null;
      };
    }
  }

  /** Looks at the next bindings in order, beginning anew after the last. */
  void run() {
    Map<UeAddress, List<Standee>> byUe = next();
    Map<UeAddress, Integer> held = new HashMap<>();
    byUe.forEach((ue, some) -> held.put(ue, table.held(some.getFirst().lane())));
    if (lookedUpLast == null) {
      flows.keep(ref -> table.find(ref) instanceof Binding.Confirmed);
    }
    if (byUe.isEmpty()) {
      return;
    }
    Map<UeAddress, Standing> said = shop.pduSessions().look(byUe.keySet());
    byUe.forEach(
        (ue, bindings) -> {
          Standing standing = said.get(ue);
          if (standing != null) {
            bindings.forEach(binding -> judge(binding, standing, held.getOrDefault(ue, 0)));
          }
        });
  }

  private Map<UeAddress, List<Standee>> next() {
    Map<UeAddress, List<Standee>> byUe = new HashMap<>();
    List<Binding> some = table.after(lookedUpLast).limit(shop.limits().checkedAtOnceMax()).toList();
    lookedUpLast =
        some.size() < shop.limits().checkedAtOnceMax()
            ? null
            : some.getLast().identity().bindingRef();
    for (Binding binding : some) {
      Standee standee = Standee.of(binding);
      UeAddress ue = binding.identity().ue();
      if (standee != null && ue != null) {
        byUe.computeIfAbsent(ue, _ -> new ArrayList<>()).add(standee);
      }
    }
    return byUe;
  }

  private void judge(Standee standee, Standing standing, int held) {
    BindingIdentity identity = standee.binding().identity();
    switch (standing) {
      case Standing.Ended() -> over(identity);
      case Standing.Of(String supi, Integer carried) -> {
        SubscriberMark known = identity.subscriber();
        if (known != null && supi != null && !known.matches(supi)) {
          over(identity);
          return;
        }
        if (known == null && supi != null) {
          learn(standee.binding(), supi);
        }
        if (carried != null && standee.binding() instanceof Binding.Confirmed) {
          flows.seen(identity.bindingRef(), carried, held);
        }
      }
      case Standing.Doubtful() -> readAgain(standee);
    }
  }

  private void over(BindingIdentity identity) {
    var _ = termination.of(identity.notifId(), null, CAUSE);
  }

  /** A core that shows nobody's PDU session may have forgotten: the app session decides. */
  private void readAgain(Standee standee) {
    BindingIdentity identity = standee.binding().identity();
    try {
      var _ =
          look.ask(identity, standee.appSessionId())
              .gone()
              .thenAccept(
                  gone -> {
                    if (gone) {
                      over(identity);
                    }
                  });
    } catch (Refusal e) {
      // The PDU session's queue is full: the next check asks again.
    }
  }

  private void learn(Binding seen, String supi) {
    String ref = seen.identity().bindingRef();
    BindingIdentity known = seen.identity().withSubscriber(SubscriberMark.of(supi));
    table.exclusively(
        ref,
        () -> {
          switch (table.find(ref)) {
            case Binding.Held held when held.equals(seen) ->
                table.change(new Binding.Held(known, held.appSessionId(), held.holdExpiresAt()));
            case Binding.Confirmed confirmed when confirmed.equals(seen) ->
                table.change(
                    new Binding.Confirmed(known, confirmed.appSessionId(), confirmed.expiresAt()));
            case null, default -> {}
          }
          return null;
        });
  }
}

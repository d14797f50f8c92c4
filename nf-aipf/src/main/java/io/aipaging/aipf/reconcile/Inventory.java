package io.aipaging.aipf.reconcile;

import io.aipaging.openapi.EnforcedLease;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.admission.LeaseList;
import io.aipaging.openapi.qosbinding.ListedBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import io.aipaging.openapi.steering.GrantList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything a peer holds, asked page by page; throws the peer's {@link Refusal}. */
final class Inventory {
  private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);
  private static final int PAGES_MAX = 20_000;
  private final Tools tools;

  Inventory(Tools tools) {
    this.tools = tools;
  }

  private record Page<T>(List<T> entries, @Nullable String nextToken) {}

  /** All leases of an enforcer. */
  Holdings of(Peer.Enforcer peer) {
    Holdings found = new Holdings();
    collect(
        token -> page(peer, token),
        entry -> {
          try {
            found.add(FoundLease.of(entry));
          } catch (IllegalArgumentException e) {
            LOG.atWarn().addKeyValue("peer", peer.id()).log("an enforcer lists nonsense");
          }
        });
    return found;
  }

  private Page<EnforcedLease> page(Peer.Enforcer peer, @Nullable String token) {
    return switch (peer) {
      case Peer.Gate gate -> {
        GrantList list = tools.ask(until -> tools.enforcement().grants(gate.id(), token, until));
        yield new Page<>(list.grants(), list.nextPageToken());
      }
      case Peer.Anchor anchor -> {
        LeaseList list = tools.ask(until -> tools.enforcement().leases(anchor.id(), token, until));
        yield new Page<>(list.leases(), list.nextPageToken());
      }
    };
  }

  /** QoS bindings by reference. */
  Map<String, ListedBinding> bindings() {
    Map<String, ListedBinding> found = new TreeMap<>();
    collect(
        token -> {
          QosBindingList list = tools.ask(until -> tools.enforcement().bindings(token, until));
          return new Page<>(list.bindings(), list.nextPageToken());
        },
        binding -> found.put(binding.bindingRef(), binding));
    return found;
  }

  private static <T> void collect(Function<@Nullable String, Page<T>> pages, Consumer<T> entries) {
    String token = null;
    for (int asked = 0; asked < PAGES_MAX; asked++) {
      Page<T> page = pages.apply(token);
      page.entries().forEach(entries);
      token = page.nextToken();
      if (token == null) {
        return;
      }
    }
    throw Refusal.of(502, "INBOUND_SERVER_ERROR", "A peer's list does not end.");
  }
}

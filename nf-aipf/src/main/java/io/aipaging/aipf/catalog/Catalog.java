package io.aipaging.aipf.catalog;

import io.aipaging.protocol.Aisi;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The services on offer and the anchors that run them. Every AISI an anchor names exists; no two
 * services share an AISI or a service address; no two anchors share an id, an agent or an endpoint.
 *
 * @param currency ISO 4217 code of all prices
 * @param services at least one, at most 256
 * @param anchors at most 4096
 * @param notOffered English phrases for what people ask for and nobody here does, at most 256: a
 *     sentence nearer to one of them than to any service is refused
 */
public record Catalog(
    String currency, List<AiService> services, List<Anchor> anchors, List<String> notOffered) {
  private static final int SERVICES_MAX = 256;
  private static final int ANCHORS_MAX = 4096;

  public Catalog {
    services = List.copyOf(services);
    anchors = List.copyOf(anchors);
    notOffered = List.copyOf(notOffered);
    Require.that(currency.matches("[A-Z]{3}"), "currency must be an ISO 4217 code");
    Require.that(
        !services.isEmpty() && services.size() <= SERVICES_MAX,
        "a catalogue has 1 to " + SERVICES_MAX + " services");
    Require.that(
        anchors.size() <= ANCHORS_MAX, "a catalogue has at most " + ANCHORS_MAX + " anchors");
    Require.that(
        notOffered.size() <= SERVICES_MAX, "at most " + SERVICES_MAX + " phrases are not offered");
    notOffered.forEach(phrase -> Require.text("not-offered phrase", phrase));
    unique("AISI", services, AiService::aisi);
    unique("service address", services, AiService::address);
    unique("anchor id", anchors, Anchor::id);
    unique("agent enforcer id", anchors, Anchor::agentEnforcerId);
    unique("anchor endpoint", anchors, Anchor::endpoint);
    requireKnownAisis(services, anchors);
  }

  private static <T> void unique(String what, List<T> items, Function<T, Object> key) {
    Set<Object> seen = new HashSet<>();
    for (T item : items) {
      Object value = key.apply(item);
      Require.that(seen.add(value), what + " is given twice: " + value);
    }
  }

  private static void requireKnownAisis(List<AiService> services, List<Anchor> anchors) {
    Set<Aisi> known = new HashSet<>(services.stream().map(AiService::aisi).toList());
    for (Anchor anchor : anchors) {
      for (Aisi aisi : anchor.aisis()) {
        Require.that(
            known.contains(aisi), "anchor " + anchor.id() + " serves an unknown AISI: " + aisi);
      }
    }
  }

  /** The service of that identity. */
  public Optional<AiService> service(Aisi aisi) {
    return services.stream().filter(service -> service.aisi().equals(aisi)).findFirst();
  }

  /** The anchor of that id. */
  public Optional<Anchor> anchor(String id) {
    return anchors.stream().filter(anchor -> anchor.id().equals(id)).findFirst();
  }

  /** The anchors where {@code aisi} runs, in the catalogue's order. */
  public List<Anchor> anchorsServing(Aisi aisi) {
    return anchors.stream().filter(anchor -> anchor.serves(aisi)).toList();
  }
}

package io.aipaging.pcfadapter.qosbinding.n5;

import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.AppSessionOrder;
import io.aipaging.pcfadapter.qosbinding.AppSessionTerms;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization;
import io.aipaging.pcfadapter.qosbinding.SubscriberMark;
import io.aipaging.sbi.bsf.BsfLookup;
import io.aipaging.sbi.bsf.BsfLookup.PcfBinding;
import io.aipaging.sbi.nrf.Candidates;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The PCFs of a core as one: an app session is made at the PCF that the BSF names for the UE's
 * address or, when no BSF knows it, as after a BSF's restart, at one of those the NRF names. An app
 * session's id is its PCF's {@code apiRoot}, a blank and the id there, so that it is found again
 * after a restart of ours.
 */
public final class DiscoveredPcfs implements PolicyAuthorization {
  private final BsfLookup bsf;
  private final Supplier<List<URI>> pcfs;
  private final Drivers drivers;
  private final boolean supiNeeded;
  private final Candidates lately = new Candidates(System::nanoTime);

  /**
   * The PCFs.
   *
   * @param bsf who knows which PCF a UE has
   * @param pcfs all PCFs, the best first; may throw {@link Refusal}
   * @param drivers how to use each
   * @param supiNeeded whether the core finds no PDU session without its SUPI
   */
  public DiscoveredPcfs(
      BsfLookup bsf,
      Supplier<List<URI>> pcfs,
      Function<URI, N5PolicyAuthorization> drivers,
      boolean supiNeeded) {
    this.bsf = bsf;
    this.pcfs = pcfs;
    this.drivers = new Drivers(drivers);
    this.supiNeeded = supiNeeded;
  }

  @Override
  public Created create(AppSessionOrder order) {
    Optional<PcfBinding> binding =
        bsf.find(new BsfLookup.Sender(order.ue().address(), order.ue().prefixLength()));
    if (binding.filter(known -> isAnothers(order, known)).isPresent()) {
      return new Created.Refused("PDU_SESSION_NOT_AVAILABLE", null);
    }
    AppSessionOrder whole = binding.map(known -> complete(order, known)).orElse(order);
    if (supiNeeded && whole.subscriber().supi() == null) {
      return new Created.Refused("PDU_SESSION_NOT_AVAILABLE", null);
    }
    try {
      return among(binding.map(known -> List.of(known.pcf())).orElseGet(pcfs), whole);
    } catch (Refusal e) {
      return new Created.Failed(true, "no PCF is known: " + e.detail());
    }
  }

  private Created among(List<URI> candidates, AppSessionOrder whole) {
    Created outcome = new Created.Failed(true, "the core names no PCF");
    for (URI pcf : lately.inOrder(candidates)) {
      outcome = at(pcf, drivers.of(pcf).create(whole));
      if (outcome instanceof Created.Failed failed && failed.unreachable()) {
        lately.failed(pcf);
      } else {
        lately.answered(pcf);
      }
      if (!mayBeElsewhere(outcome)) {
        return outcome;
      }
    }
    return outcome;
  }

  /** O-21: a core that finds sessions by address alone would bind whoever has it now. */
  private static boolean isAnothers(AppSessionOrder order, PcfBinding binding) {
    String named = order.subscriber().supi();
    return named != null && binding.supi() != null && !named.equals(binding.supi());
  }

  private static boolean mayBeElsewhere(Created outcome) {
    return switch (outcome) {
      case Created.Failed failed -> failed.unreachable();
      case Created.Refused refused -> refused.cause().equals("PDU_SESSION_NOT_AVAILABLE");
      default -> false;
    };
  }

  /** What the consumer named stays; the rest is as the BSF says. */
  private static AppSessionOrder complete(AppSessionOrder order, PcfBinding binding) {
    AppSessionOrder.Subscriber named = order.subscriber();
    return order.of(
        new AppSessionOrder.Subscriber(
            named.dnn() == null ? binding.dnn() : named.dnn(),
            named.snssai() == null ? binding.snssai() : named.snssai(),
            named.supi() == null ? binding.supi() : named.supi()));
  }

  private static Created at(URI pcf, Created outcome) {
    return switch (outcome) {
      case Created.Accepted(String id, SubscriberMark subscriber) ->
          new Created.Accepted(pcf + " " + id, subscriber);
      case Created.Existing(String id) -> new Created.Existing(pcf + " " + id);
      case Created.Unusable(String id, String detail) ->
          new Created.Unusable(pcf + " " + id, detail);
      case Created.Refused refused -> refused;
      case Created.Failed failed -> failed;
      case Created.Lost lost -> lost;
    };
  }

  @Override
  public Shown read(String appSessionId) {
    Place place = Place.of(appSessionId);
    return place == null
        ? new Shown.Unknown("made while another way to the core was configured")
        : drivers.of(place.pcf()).read(place.id());
  }

  @Override
  public boolean endsByItself(String appSessionId) {
    Place place = Place.of(appSessionId);
    return place != null && drivers.of(place.pcf()).endsByItself(place.id());
  }

  @Override
  public Updated update(String appSessionId, AppSessionTerms terms) {
    Place place = Place.of(appSessionId);
    return place == null
        ? new Updated.Failed(false, "made while another way to the core was configured")
        : drivers.of(place.pcf()).update(place.id(), terms);
  }

  @Override
  public Deleted delete(String appSessionId) {
    Place place = Place.of(appSessionId);
    return place == null
        ? new Deleted.Failed(false, "made while another way to the core was configured")
        : drivers.of(place.pcf()).delete(place.id());
  }

  /** By the id alone: a PCF may name itself otherwise than NRF and BSF do. */
  @Override
  public boolean isNamed(String appSessionId, String resUri) {
    Place place = Place.of(appSessionId);
    String named = AppSessionId.of(resUri);
    return named == null || (place != null && named.equals(place.id()));
  }

  /** Only at a PCF that the NRF names: whatever else a notification says is not called. */
  @Override
  public @Nullable String named(String resUri) {
    String named = AppSessionId.of(resUri);
    if (named == null) {
      return null;
    }
    try {
      return pcfs.get().stream()
          .map(URI::toString)
          .filter(pcf -> resUri.startsWith(pcf + "/"))
          .findFirst()
          .map(pcf -> pcf + " " + named)
          .orElse(null);
    } catch (Refusal e) {
      return null;
    }
  }

  /**
   * One for each PCF, which knows what that PCF has said; who was not used longest is forgotten.
   */
  private static final class Drivers {
    private static final int KEPT_MAX = 64;
    private final Function<URI, N5PolicyAuthorization> make;
    private final Map<URI, N5PolicyAuthorization> made =
        new LinkedHashMap<>(KEPT_MAX, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<URI, N5PolicyAuthorization> eldest) {
            return size() > KEPT_MAX;
          }
        };

    Drivers(Function<URI, N5PolicyAuthorization> make) {
      this.make = make;
    }

    synchronized N5PolicyAuthorization of(URI pcf) {
      return made.computeIfAbsent(pcf, make);
    }
  }

  /** An app session and whose it is. */
  private record Place(URI pcf, String id) {
    static @Nullable Place of(String appSessionId) {
      int blank = appSessionId.indexOf(' ');
      return blank < 0
          ? null
          : new Place(
              URI.create(appSessionId.substring(0, blank)), appSessionId.substring(blank + 1));
    }
  }
}

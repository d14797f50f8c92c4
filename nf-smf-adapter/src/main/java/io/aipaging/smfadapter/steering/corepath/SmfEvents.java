package io.aipaging.smfadapter.steering.corepath;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.Snssai;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.bsf.BsfLookup;
import io.aipaging.sbi.bsf.BsfLookup.PcfBinding;
import io.aipaging.sbi.client.RawClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a core for no path and only to be told when it changes one (Nsmf_EventExposure, TS 29.508):
 * where UEs move and the core decides alone. A subscription is for a while and renewed, so that
 * none outlives a crash for long.
 */
public final class SmfEvents implements CorePaths {
  /** NF service name. */
  public static final String SERVICE = "nsmf-event-exposure";

  private static final String SUBSCRIPTIONS = "/" + SERVICE + "/v1/subscriptions";
  private static final Map<String, String> HEADERS = Map.of("User-Agent", "AF-aipaging");

  private final BsfLookup bsf;
  private final Supplier<List<URI>> smfs;
  private final Function<URI, RawClient> clients;
  private final Habits habits;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

  /** A subscription: at which SMF, and its path there. */
  private record Subscription(URI smf, String path) {}

  /**
   * Subscriptions at a core.
   *
   * @param bsf says whose an address is
   * @param smfs the core's SMFs; may throw {@link Refusal}
   * @param clients how to reach each
   */
  public SmfEvents(
      BsfLookup bsf, Supplier<List<URI>> smfs, Function<URI, RawClient> clients, Habits habits) {
    this.bsf = bsf;
    this.smfs = smfs;
    this.clients = clients;
    this.habits = habits;
  }

  /**
   * What is the same for all subscriptions.
   *
   * @param callbackBase URI below which notifications are taken, ending in a slash
   * @param subscribedFor how long one lasts unless it is renewed
   * @param clock wall clock
   * @param timeout longest wait for one answer
   */
  public record Habits(
      String callbackBase, Duration subscribedFor, InstantSource clock, Duration timeout) {}

  /** {@code NsmfEventExposure}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Exposure(
      String supi,
      @Nullable String dnn,
      @Nullable Snssai snssai,
      String notifId,
      String notifUri,
      List<Event> eventSubs,
      Instant expiry) {}

  private record Event(String event, String dnaiChgType) {}

  @Override
  public Outcome put(PathOrder order) {
    UeAddress ue = order.flow().ue();
    Optional<PcfBinding> binding = bsf.find(new BsfLookup.Sender(ue.address(), ue.prefixLength()));
    if (binding.isEmpty()) {
      return Outcome.UNCERTAIN;
    }
    String supi = binding.get().supi();
    if (supi == null) {
      return Outcome.REFUSED;
    }
    Exposure wanted =
        new Exposure(
            supi,
            binding.get().dnn(),
            binding.get().snssai(),
            order.notifId(),
            habits.callbackBase() + order.notifId(),
            List.of(new Event("UP_PATH_CH", "EARLY_LATE")),
            habits.clock().instant().plus(habits.subscribedFor()));
    try {
      return renewed(order.id(), wanted) ? Outcome.WATCHED : subscribe(order.id(), wanted);
    } catch (Refusal e) {
      return Outcome.UNCERTAIN;
    }
  }

  /** Whether there is one already, and the SMF still has it. */
  private boolean renewed(String id, Exposure wanted) {
    Subscription known = subscriptions.get(id);
    if (known == null) {
      return false;
    }
    int status = send(known.smf(), "PUT", known.path(), wanted).status();
    if (status == 404) {
      subscriptions.remove(id);
    }
    return status == 200 || status == 204;
  }

  /** At the SMF that has the UE: the others know no such UE. */
  private Outcome subscribe(String id, Exposure wanted) {
    Outcome outcome = Outcome.UNCERTAIN;
    for (URI smf : smfs.get()) {
      RawClient.Reply reply = send(smf, "POST", SUBSCRIPTIONS, wanted);
      String location = reply.header("Location");
      if (reply.status() == 201 && location != null) {
        subscriptions.put(id, new Subscription(smf, smf.resolve(location).getRawPath()));
        return Outcome.WATCHED;
      }
      outcome = reply.status() < 500 || reply.status() == 501 ? Outcome.REFUSED : outcome;
    }
    return outcome;
  }

  @Override
  public Outcome delete(String id) {
    Subscription known = subscriptions.get(id);
    if (known == null) {
      return Outcome.DONE; // one of a process before runs out by itself
    }
    try {
      int status = send(known.smf(), "DELETE", known.path(), null).status();
      if (status >= 500) {
        return Outcome.UNCERTAIN;
      }
      subscriptions.remove(id);
      return Outcome.DONE;
    } catch (Refusal e) {
      return Outcome.UNCERTAIN;
    }
  }

  private RawClient.Reply send(URI smf, String method, String path, @Nullable Object body) {
    return clients
        .apply(smf)
        .send(new RawClient.Request(method, path, HEADERS, body), habits.timeout());
  }
}

package io.aipaging.smfadapter.steering.corepath;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.Snssai;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.bsf.AddressText;
import io.aipaging.sbi.bsf.BsfLookup;
import io.aipaging.sbi.bsf.BsfLookup.PcfBinding;
import io.aipaging.sbi.client.RawClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Paths by traffic influence data at the UDR (TS 29.519 §5.3, {@code nudr-dr/v2}): the core's PCF
 * and SMF take it from there. Data is written whole; some cores cannot change it.
 */
public final class UdrInfluence implements CorePaths {
  private static final String DATA = "/nudr-dr/v2/application-data/influenceData/";
  private static final Map<String, String> HEADERS = Map.of("User-Agent", "AF-aipaging");

  private final BsfLookup bsf;
  private final Supplier<List<URI>> udrs;
  private final Function<URI, RawClient> clients;
  private final Habits habits;

  /**
   * Paths at a core.
   *
   * @param bsf says whose an address is: influence data is for a subscriber
   * @param udrs the core's UDRs, the best first; may throw {@link Refusal}
   * @param clients how to reach each
   */
  public UdrInfluence(
      BsfLookup bsf, Supplier<List<URI>> udrs, Function<URI, RawClient> clients, Habits habits) {
    this.bsf = bsf;
    this.udrs = udrs;
    this.clients = clients;
    this.habits = habits;
  }

  /**
   * What is the same for all paths.
   *
   * @param routeProfile {@code routeProfId} the SMF knows
   * @param callbackBase URI below which notifications are taken, ending in a slash
   * @param timeout longest wait for one answer
   */
  public record Habits(String routeProfile, String callbackBase, Duration timeout) {}

  /** {@code TrafficInfluData}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Data(
      String dnn,
      Snssai snssai,
      String supi,
      String dnaiChgType,
      boolean afAckInd,
      String upPathChgNotifCorreId,
      String upPathChgNotifUri,
      List<Filter> trafficFilters,
      List<Route> trafficRoutes) {}

  private record Filter(int flowId, List<String> flowDescriptions) {}

  private record Route(String dnai, String routeProfId) {}

  @Override
  public Outcome put(PathOrder order) {
    UeAddress ue = order.flow().ue();
    Optional<PcfBinding> binding = bsf.find(new BsfLookup.Sender(ue.address(), ue.prefixLength()));
    if (binding.isEmpty()) {
      return Outcome.UNCERTAIN;
    }
    String supi = binding.get().supi();
    String dnn = binding.get().dnn();
    Snssai slice = binding.get().snssai();
    if (supi == null || dnn == null || slice == null) {
      return Outcome.REFUSED;
    }
    Data data =
        new Data(
            dnn,
            slice,
            supi,
            "EARLY_LATE",
            true,
            order.notifId(),
            habits.callbackBase() + order.notifId(),
            List.of(new Filter(1, filters(ue, order.flow().service()))),
            List.of(new Route(order.dnai(), habits.routeProfile())));
    return ask("PUT", order.id(), data);
  }

  /** Both ways; with a protocol number, because names are refused by the SMFs of some cores. */
  private static List<String> filters(UeAddress ue, ServiceEndpoint service) {
    String remote = AddressText.of(service.address()) + " " + service.port();
    boolean whole = ue.prefixLength() == ue.address().getAddress().length * 8;
    String user = AddressText.of(ue.address()) + (whole ? "" : "/" + ue.prefixLength());
    int protocol = service.protocol().number();
    return List.of(
        "permit out " + protocol + " from " + remote + " to " + user,
        "permit in " + protocol + " from " + user + " to " + remote);
  }

  @Override
  public Outcome delete(String id) {
    return ask("DELETE", id, null);
  }

  private Outcome ask(String method, String id, @Nullable Object body) {
    try {
      for (URI udr : udrs.get()) {
        RawClient.Reply reply =
            clients
                .apply(udr)
                .send(new RawClient.Request(method, DATA + id, HEADERS, body), habits.timeout());
        return switch (reply.status()) {
          case 200, 201, 204 -> Outcome.DONE;
          case 404 -> body == null ? Outcome.DONE : Outcome.REFUSED;
          case 400, 403, 405, 501 -> Outcome.REFUSED;
          default -> Outcome.UNCERTAIN;
        };
      }
      return Outcome.UNCERTAIN;
    } catch (Refusal e) {
      return Outcome.UNCERTAIN;
    }
  }
}

package io.aipaging.smfadapter.steering.corepath;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.PathChangeAnswer;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.sbi.client.RawClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers a core that does not change a path before it is answered (TS 29.508 {@code AckOfNotify}):
 * with what the AIPF says, and no when the AIPF cannot say. An answer is brought to an SMF of this
 * core only, whatever a notification names.
 */
public final class PathAnswers {
  private static final Map<String, String> HEADERS = Map.of("User-Agent", "AF-aipaging");
  private final @Nullable NaipfEvents aipf;
  private final Function<URI, @Nullable RawClient> smfs;
  private final Habits habits;
  private final PathObserver.Acknowledged observer;

  /**
   * Answers.
   *
   * @param aipf who knows; null where there is nobody
   * @param smfs how to reach the SMF that waits at a URI; null when it is none of this core's. May
   *     throw {@link Refusal}
   */
  public PathAnswers(
      @Nullable NaipfEvents aipf,
      Function<URI, @Nullable RawClient> smfs,
      Habits habits,
      PathObserver.Acknowledged observer) {
    this.aipf = aipf;
    this.smfs = smfs;
    this.habits = habits;
    this.observer = observer;
  }

  /**
   * What is the same for all answers.
   *
   * @param sender the gate's enforcer id
   * @param clock wall clock
   * @param routeProfile {@code routeProfId} the SMF knows
   * @param aipfWithin longest wait for the AIPF
   * @param smfWithin longest wait for the SMF
   */
  public record Habits(
      String sender,
      InstantSource clock,
      String routeProfile,
      Duration aipfWithin,
      Duration smfWithin) {}

  /** {@code AckOfNotify}; the UE is known by the notification's id. */
  private record Ack(String notifId, Result ackResult) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Result(String afStatus, @Nullable Route trafficRoute) {}

  private record Route(String dnai, String routeProfId) {}

  /** Answers one; one that the SMF did not take is not repeated: to it, silence is a no. */
  public void answer(PathChange change) {
    URI ackUri = change.ackUri();
    if (ackUri == null) {
      return;
    }
    String status = change.wanted() ? "SUCCESS" : status(change);
    observer.acknowledged(bring(ackUri, change, status) ? status : "NOT_DELIVERED");
  }

  private String status(PathChange change) {
    if (aipf == null) {
      return "RELOC_NO_ALLOWED";
    }
    ServiceEndpoint service = change.flow().service();
    FollowPathChange request =
        new FollowPathChange(
            change.flow().ue().toString(),
            new ServiceAddress(
                service.address().getHostAddress(), service.protocol().name(), service.port()),
            change.dnai(),
            change.done() ? "LATE" : "EARLY");
    try {
      Call call = Call.within(habits.sender(), habits.clock().instant(), habits.aipfWithin());
      PathChangeAnswer answer = aipf.followPathChange(call, request);
      return switch (answer.readiness()) {
        case "READY" -> "SUCCESS";
        case "BUSY" -> "TEMPORARY_CONGESTION";
        default -> "RELOC_NO_ALLOWED";
      };
    } catch (Refusal e) {
      return e.status() < 500 ? "OTHER" : "TEMPORARY_CONGESTION";
    }
  }

  private boolean bring(URI ackUri, PathChange change, String status) {
    boolean routed = status.equals("SUCCESS") && !change.dnai().isEmpty();
    Ack ack =
        new Ack(
            change.notifId(),
            new Result(status, routed ? new Route(change.dnai(), habits.routeProfile()) : null));
    try {
      RawClient smf = smfs.apply(ackUri);
      return smf != null
          && smf.send(
                      new RawClient.Request("POST", target(ackUri), HEADERS, ack),
                      habits.smfWithin())
                  .status()
              < 300;
    } catch (Refusal e) {
      return false;
    }
  }

  private static String target(URI uri) {
    String query = uri.getRawQuery();
    return query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
  }
}

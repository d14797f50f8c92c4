package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Updated;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What of a binding's app session changes: where its flow goes, and when the core lets go by itself
 * where it can ({@code stopTime}, TS 23.501 §5.6.7.1, and {@code qosDuration}), which follows the
 * end of the session. Said in the turn of the PDU session, of one binding the newest only. Routes
 * are remembered in memory only: after a restart one is kept up again when it is asked for again.
 */
final class Routing {
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  /** Between two looks at what is over: routes of bindings that ended do no harm. */
  private static final Duration FORGOTTEN_EVERY = Duration.ofSeconds(10);

  private final Workshop shop;
  private final BindingTable table;
  private final CoreLook look;
  private final boolean supported;
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final Map<String, Instant> due = new ConcurrentHashMap<>();
  private final AtomicLong said = new AtomicLong();

  /** Read and written by {@link #sweep} only. */
  private Instant forgetAt = Instant.EPOCH;

  Routing(Workshop shop, CoreLook look, boolean supported) {
    this.shop = shop;
    this.table = shop.table();
    this.look = look;
    this.supported = supported;
  }

  /** Asks for a route and waits for the core's answer. */
  QosBinding route(Call call, RouteQosBinding request) {
    Route wanted = Route.parse(request);
    if (!supported) {
      throw Refusal.of(403, "ROUT_REQ_NOT_AUTHORIZED", "this core routes no app sessions");
    }
    String ref = request.bindingRef();
    Binding binding = table.find(ref);
    if (binding == null || binding.servedUntil() == null) {
      throw Answers.notFound("no such binding, or it is not made yet");
    }
    Route before = routes.put(ref, wanted);
    CompletableFuture<Updated> answer = new CompletableFuture<>();
    Lanes.Ticket ticket = submit(binding, answer);
    Updated outcome = Answers.await(answer, call, shop.clock(), ticket::drop);
    if (outcome instanceof Updated.Refused) { // the core keeps to the one before
      routes.computeIfPresent(ref, (_, now) -> now.equals(wanted) ? before : now);
    }
    return answer(ref, outcome);
  }

  private QosBinding answer(String ref, Updated outcome) {
    switch (outcome) {
      case Updated.Accepted() -> {}
      case Updated.Refused(String cause) -> {
        throw Refusal.of(403, cause, "the core refuses the route");
      }
      case Updated.Absent() -> throw Answers.notFound("the core has the binding no longer");
      case Updated.Failed(boolean unreachable, String detail) ->
          throw Answers.coreUnusable(unreachable, detail);
    }
    return switch (table.find(ref)) {
      case Binding.Held held -> Answers.held(held);
      case Binding.Confirmed confirmed -> Answers.confirmed(confirmed);
      case null, default -> throw Answers.notFound("the binding ended meanwhile");
    };
  }

  private Lanes.Ticket submit(Binding binding, CompletableFuture<Updated> answer) {
    BindingIdentity identity = binding.identity();
    return shop.lanes().submit(identity.lane(), _ -> answer.complete(apply(identity.bindingRef())));
  }

  /** Says to the core what is wanted now. */
  private Updated apply(String ref) {
    Binding binding = table.find(ref);
    String appSessionId = binding == null ? null : binding.resource();
    Instant until = binding == null ? null : binding.servedUntil();
    if (binding == null || appSessionId == null || until == null) {
      return new Updated.Absent();
    }
    AppSessionTerms wanted = new AppSessionTerms(routes.get(ref), until);
    Updated outcome;
    try {
      outcome = shop.core().update(appSessionId, wanted);
    } catch (RuntimeException e) {
      return new Updated.Failed(false, "the driver broke off: " + e);
    }
    if (outcome instanceof Updated.Absent) {
      look.dropped(binding);
    }
    return outcome;
  }

  /** The route that a binding which is made anew had, until {@code holdEnd} for the time being. */
  Route.@Nullable Until again(String ref, Instant holdEnd) {
    Route route = routes.get(ref);
    return route == null ? null : new Route.Until(route, holdEnd);
  }

  /** A binding's end has moved. */
  void follow(String ref) {
    Binding binding = table.find(ref);
    String appSessionId = binding == null ? null : binding.resource();
    boolean told = appSessionId != null && shop.core().endsByItself(appSessionId);
    if (told || routes.containsKey(ref)) {
      due.put(ref, shop.clock().instant());
    }
  }

  /** Moves ends at the core, again until the core has said yes or no; forgets what is over. */
  void sweep() {
    Instant now = shop.clock().instant();
    due.forEach(
        (ref, at) -> {
          Instant saying = Instant.MAX.minusNanos(said.incrementAndGet());
          if (!now.isBefore(at) && due.replace(ref, at, saying)) {
            moveEnd(ref, saying);
          }
        });
    if (!now.isBefore(forgetAt)) {
      forgetAt = now.plus(FORGOTTEN_EVERY);
      routes.keySet().removeIf(ref -> isOver(table.find(ref)));
    }
  }

  /**
   * Says an end; nothing more is due until the core has answered, unless the end moves meanwhile.
   *
   * @param saying stands for this attempt, as a time that never comes
   */
  private void moveEnd(String ref, Instant saying) {
    Binding binding = table.find(ref);
    if (binding == null || binding.servedUntil() == null) {
      due.remove(ref);
      return;
    }
    CompletableFuture<Updated> answer = new CompletableFuture<>();
    var _ =
        answer.thenAccept(
            outcome -> {
              if (outcome instanceof Updated.Failed) {
                due.replace(ref, saying, shop.clock().instant().plus(AGAIN_AFTER));
              } else {
                due.remove(ref, saying);
              }
            });
    try {
      var _ = submit(binding, answer);
    } catch (Refusal full) {
      due.replace(ref, saying, shop.clock().instant().plus(AGAIN_AFTER));
    }
  }

  /** One that the core dropped may be made again. */
  private static boolean isOver(@Nullable Binding binding) {
    return binding == null
        || (binding instanceof Binding.Ended ended
            && !ended.reason().equals(Binding.DROPPED_BY_CORE));
  }
}

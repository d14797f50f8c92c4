package io.aipaging.cli.run;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.PathChangeAnswer;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.events.ReportUeMoved;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** naipf-events of an AIPF that starts later than those who tell it something. */
final class LateEvents implements NaipfEvents {
  private final AtomicReference<@Nullable NaipfEvents> aipf = new AtomicReference<>();

  /** From now on events arrive. */
  void goTo(NaipfEvents started) {
    aipf.set(started);
  }

  @Override
  public NoContent announceEnforcer(Call call, AnnounceEnforcer request) {
    return aipf().announceEnforcer(call, request);
  }

  @Override
  public NoContent reportUeMoved(Call call, ReportUeMoved request) {
    return aipf().reportUeMoved(call, request);
  }

  @Override
  public PathChangeAnswer followPathChange(Call call, FollowPathChange request) {
    return aipf().followPathChange(call, request);
  }

  @Override
  public NoContent reportQosBinding(Call call, ReportQosBinding request) {
    return aipf().reportQosBinding(call, request);
  }

  private NaipfEvents aipf() {
    NaipfEvents started = aipf.get();
    if (started == null) {
      throw Refusal.of(503, "NF_CONGESTION", "The AIPF is starting.")
          .retryAfter(Duration.ofSeconds(1));
    }
    return started;
  }
}

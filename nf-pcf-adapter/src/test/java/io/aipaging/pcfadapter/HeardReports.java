package io.aipaging.pcfadapter;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.PathChangeAnswer;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.events.ReportUeMoved;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An AIPF that keeps what it is told of bindings. */
class HeardReports implements NaipfEvents {
  final List<ReportQosBinding> heard = new CopyOnWriteArrayList<>();

  @Override
  public PathChangeAnswer followPathChange(Call call, FollowPathChange request) {
    throw new AssertionError("not asked");
  }

  @Override
  public NoContent reportQosBinding(Call call, ReportQosBinding request) {
    heard.add(request);
    return NoContent.INSTANCE;
  }

  @Override
  public NoContent announceEnforcer(Call call, AnnounceEnforcer request) {
    throw new AssertionError("not asked");
  }

  @Override
  public NoContent reportUeMoved(Call call, ReportUeMoved request) {
    throw new AssertionError("not asked");
  }
}

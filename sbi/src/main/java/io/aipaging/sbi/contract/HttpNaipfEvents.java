package io.aipaging.sbi.contract;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.PathChangeAnswer;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.events.ReportUeMoved;
import io.aipaging.sbi.client.SbiClient;

/** {@code NaipfEvents} of a peer, over HTTP. */
public final class HttpNaipfEvents implements NaipfEvents {
  private final SbiClient client;

  public HttpNaipfEvents(SbiClient client) {
    this.client = client;
  }

  @Override
  public NoContent announceEnforcer(Call call, AnnounceEnforcer request) {
    return client.call(ANNOUNCE_ENFORCER, call, request);
  }

  @Override
  public NoContent reportUeMoved(Call call, ReportUeMoved request) {
    return client.call(REPORT_UE_MOVED, call, request);
  }

  @Override
  public PathChangeAnswer followPathChange(Call call, FollowPathChange request) {
    return client.call(FOLLOW_PATH_CHANGE, call, request);
  }

  @Override
  public NoContent reportQosBinding(Call call, ReportQosBinding request) {
    return client.call(REPORT_QOS_BINDING, call, request);
  }
}

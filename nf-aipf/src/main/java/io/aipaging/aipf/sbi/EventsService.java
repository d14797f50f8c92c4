package io.aipaging.aipf.sbi;

import io.aipaging.aipf.events.BindingReports;
import io.aipaging.aipf.events.EnforcerStarts;
import io.aipaging.aipf.relocation.PathChanges;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.PathChangeAnswer;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.events.ReportUeMoved;

/** naipf-events: one class per operation behind one interface. */
public final class EventsService implements NaipfEvents {
  private final AnnounceEnforcerOperation announceEnforcer;
  private final ReportUeMovedOperation reportUeMoved;
  private final FollowPathChangeOperation followPathChange;
  private final ReportQosBindingOperation reportQosBinding;

  /**
   * Tells these.
   *
   * @param starts AnnounceEnforcer
   * @param triggers ReportUeMoved
   * @param changes FollowPathChange
   * @param bindings ReportQosBinding
   */
  public EventsService(
      EnforcerStarts starts,
      RelocationTriggers triggers,
      PathChanges changes,
      BindingReports bindings) {
    announceEnforcer = new AnnounceEnforcerOperation(starts);
    reportUeMoved = new ReportUeMovedOperation(triggers);
    followPathChange = new FollowPathChangeOperation(changes);
    reportQosBinding = new ReportQosBindingOperation(bindings);
  }

  @Override
  public NoContent announceEnforcer(Call call, AnnounceEnforcer request) {
    return Refusals.answered(() -> announceEnforcer.handle(request));
  }

  @Override
  public NoContent reportUeMoved(Call call, ReportUeMoved request) {
    return Refusals.answered(() -> reportUeMoved.handle(request));
  }

  @Override
  public PathChangeAnswer followPathChange(Call call, FollowPathChange request) {
    return Refusals.answered(() -> followPathChange.handle(call, request));
  }

  @Override
  public NoContent reportQosBinding(Call call, ReportQosBinding request) {
    return Refusals.answered(() -> reportQosBinding.handle(request));
  }
}

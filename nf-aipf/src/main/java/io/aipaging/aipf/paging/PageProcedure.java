package io.aipaging.aipf.paging;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.aipf.lease.SessionState.Preparing;
import io.aipaging.aipf.paging.PageOutcome.NotBegun;
import io.aipaging.aipf.paging.PageOutcome.Obstacle;
import io.aipaging.openapi.Call;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The page: one transaction from intent to steered session (lease-protocol §5, Page). Step 1,
 * authentication and validation, is done by who calls. A failure from step 4 on undoes what was
 * done, latest first, and ends REJECTED.
 */
public final class PageProcedure {
  private final Leases leases;
  private final EndProcedure ends;
  private final PageSteps steps;
  private final PageReplay replay;
  private final PageContext context;

  /** A procedure over these. */
  public PageProcedure(Leases leases, CommitIssuer issuer, EndProcedure ends, PageContext context) {
    this.leases = leases;
    this.ends = ends;
    this.steps = new PageSteps(leases, issuer, ends, context);
    this.replay = new PageReplay(leases);
    this.context = context;
  }

  /** Pages; a repeat with the call's idempotency key gets the first one's outcome. */
  public PageOutcome page(Call call, PageRequest request) {
    Optional<PageOutcome> earlier = replay.of(call, request);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    StageTimer stages = new StageTimer(context.nanoClock());
    return switch (context.services().find(request.intent())) { // 2 resolve: intent, ASP, AISI
      case ServiceDirectory.Found.NotResolvable(String detail) ->
          new NotBegun(Obstacle.INTENT_NOT_RESOLVABLE, detail);
      case ServiceDirectory.Found.Resolved(Service service) -> {
        List<LeaseAnchor> anchors = context.services().rank(service); // 3 rank
        stages.done(Stage.RESOLVE);
        yield anchors.isEmpty()
            ? new NotBegun(Obstacle.NO_ELIGIBLE_ANCHOR, "No anchor keeps all limits and is well.")
            : begin(call, request, service, anchors, stages);
      }
    };
  }

  private PageOutcome begin(
      Call call,
      PageRequest request,
      Service service,
      List<LeaseAnchor> anchors,
      StageTimer stages) {
    Instant now = leases.now();
    if (!now.isBefore(call.deadline())) {
      return new NotBegun(Obstacle.TIMED_OUT_REQUEST, "The deadline has passed.");
    }
    var facts = context.facts(call, request, service, now);
    Leases.Begun begun = // 3 PREPARING, durable, with the binding reference of step 4
        leases.begin(facts, context.expiresAt(facts, request), call.deadline());
    stages.done(Stage.STORE);
    return switch (begun.result()) {
      case AppendResult.Appended _ -> steps.run(begun.session(), anchors, stages);
      case AppendResult.KeyInUse(Session owner) -> replay.of(owner, call, request);
      case AppendResult.FlowInUse _ ->
          new NotBegun(Obstacle.FLOW_IN_USE, "The UE has a live session at this service address.");
      case AppendResult.Full _ ->
          new NotBegun(Obstacle.INSUFFICIENT_RESOURCES, "No more sessions can be kept.");
      case AppendResult.Stale _ -> throw new IllegalStateException("a session id was used twice");
    };
  }

  /**
   * Finishes a page that its runner left behind, or ends it when its deadline has passed.
   *
   * @param session PREPARING; others stay as they are
   */
  public PageOutcome resume(Session session) {
    if (!(session.state() instanceof Preparing preparing)) {
      return PageReplay.outcome(session);
    }
    if (!leases.now().isBefore(preparing.deadline())) {
      return abandon(session, EndReason.DEADLINE_EXCEEDED, "PAGE_ABANDONED");
    }
    StageTimer stages = new StageTimer(context.nanoClock());
    if (preparing.lease() != null) {
      return steps.finish(session, preparing.lease(), stages);
    }
    List<LeaseAnchor> anchors = context.services().rank(session.facts().service());
    return anchors.isEmpty()
        ? abandon(session, EndReason.ADMISSION_REJECTED, "HOLD_NONE")
        : steps.run(session, anchors, stages);
  }

  private PageOutcome abandon(Session session, EndReason reason, String trigger) {
    return PageReplay.outcome(
        ends.end(session.id(), new EndCause(reason, trigger)).orElse(session));
  }
}

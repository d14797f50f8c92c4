package io.aipaging.aipf.paging;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.Enforcement.Phase;
import io.aipaging.aipf.enforcement.Fork;
import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.paging.PageOutcome.NotBegun;
import io.aipaging.aipf.paging.PageOutcome.Obstacle;
import io.aipaging.aipf.paging.PageOutcome.Paged;
import io.aipaging.aipf.paging.PageOutcome.Rejected;
import io.aipaging.aipf.paging.Preparation.Prepared;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The page: one transaction from intent to steered session (lease-protocol §5, Page). Step 1,
 * authentication and validation, is done by who calls. A failure from step 4 on undoes what was
 * done, latest first, and ends REJECTED.
 */
public final class PageProcedure {
  /** Tokens count in whole seconds: a shorter one would be over when it is signed. */
  private static final Duration TOKEN_LIFE_MIN = Duration.ofSeconds(2);

  private final Leases leases;
  private final CommitIssuer issuer;
  private final EndProcedure ends;
  private final PageReplay replay;
  private final PageContext context;

  /** A procedure over these. */
  public PageProcedure(Leases leases, CommitIssuer issuer, EndProcedure ends, PageContext context) {
    this.leases = leases;
    this.issuer = issuer;
    this.ends = ends;
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
      case AppendResult.Appended _ -> run(begun.session(), anchors, call.deadline(), stages);
      case AppendResult.KeyInUse(Session owner) -> replay.of(owner, call, request);
      case AppendResult.FlowInUse _ ->
          new NotBegun(Obstacle.FLOW_IN_USE, "The UE has a live session at this service address.");
      case AppendResult.Full _ ->
          new NotBegun(Obstacle.INSUFFICIENT_RESOURCES, "No more sessions can be kept.");
      case AppendResult.Stale _ -> throw new IllegalStateException("a session id was used twice");
    };
  }

  private PageOutcome run(
      Session session, List<LeaseAnchor> anchors, Instant deadline, StageTimer stages) {
    Preparation preparation = new Preparation(context.tools(), session, deadline);
    try {
      Prepared prepared = preparation.prepare(anchors); // 4 slot and QoS
      stages.done(Stage.PREPARE);
      requireTime(deadline, "PREPARE");
      Leases.Moved committed = commit(session, prepared, stages); // 5 COMMIT(gen 1), durable
      preparation.became(prepared.hold());
      QosStanding qos = install(committed, deadline); // 6 post, steer, confirm
      expectSteered(committed.session(), deadline); // 6 probe
      stages.done(Stage.INSTALL);
      requireTime(deadline, "INSTALL");
      Session active = activate(committed.session(), qos, stages); // 7 ACTIVE
      preparation.letGo();
      stages.report(context.observer());
      return new Paged(active);
    } catch (PageFailed e) {
      return undo(session, e.endCause(), preparation, deadline);
    } catch (RuntimeException e) {
      var _ =
          undo(
              session,
              new EndCause(EndReason.ADMISSION_REJECTED, "SYSTEM_FAILURE"),
              preparation,
              deadline);
      throw e;
    }
  }

  private Leases.Moved commit(Session session, Prepared prepared, StageTimer stages)
      throws PageFailed {
    requireTime(session.expiresAt().minus(TOKEN_LIFE_MIN), "PREPARE");
    var serve = issuer.serve(session, prepared.hold(), prepared.qos(), leases.now());
    stages.done(Stage.SIGN);
    try {
      return leases.append(
          session, new SessionEvent.Committed(prepared.hold(), serve, prepared.qos()));
    } catch (NotAppended e) {
      throw new PageFailed(EndReason.ADMISSION_REJECTED, "COMMIT_" + e.problemCause());
    } finally {
      stages.done(Stage.STORE);
    }
  }

  private QosStanding install(Leases.Moved committed, Instant deadline) throws PageFailed {
    List<Fork<QosStanding>> forks = new ArrayList<>();
    QosStanding before = committed.session().qos();
    for (Effect effect : committed.effects()) {
      forks.add(Fork.start(() -> carryOut(effect, before, deadline)));
    }
    QosStanding standing = before;
    PageFailed failure = null;
    for (int i = 0; i < forks.size(); i++) { // all are waited for, so that undoing meets no laggard
      Effect effect = committed.effects().get(i);
      try {
        QosStanding answered = forks.get(i).join(remaining(deadline));
        standing = effect instanceof Effect.ConfirmQos ? answered : standing;
      } catch (Refusal e) {
        boolean tolerable = effect instanceof Effect.ConfirmQos && !requiresQos(committed);
        standing = tolerable ? QosStanding.refused(e.problemCause()) : standing;
        failure = tolerable || failure != null ? failure : failed(effect, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return standing;
  }

  private QosStanding carryOut(Effect effect, QosStanding before, Instant deadline) {
    if (effect instanceof Effect.ConfirmQos(String ref, Instant expiresAt)) {
      return context.tools().enforcement().confirmQos(ref, expiresAt, deadline);
    }
    context.tools().enforcement().perform(effect, deadline);
    return before;
  }

  private static boolean requiresQos(Leases.Moved committed) {
    return committed.session().facts().service().qos().demand() == QosTerms.Demand.REQUIRED;
  }

  private static PageFailed failed(Effect effect, Refusal refusal) {
    String cause = refusal.problemCause();
    return switch (effect) {
      case Effect.ApplyAtAnchor _ -> new PageFailed(EndReason.ADMISSION_REJECTED, "POST_" + cause);
      case Effect.ApplyAtGate _ ->
          new PageFailed(EndReason.ADMISSION_REJECTED, "STEERING_" + cause);
      default -> new PageFailed(EndReason.QOS_REJECTED, "CONFIRM_" + cause);
    };
  }

  private void expectSteered(Session session, Instant deadline) throws PageFailed {
    Lease.Live lease = session.state().live().getFirst();
    try {
      ProbeResult probe =
          Fork.start(
                  () ->
                      context
                          .tools()
                          .enforcement()
                          .probe(lease.commit(), lease.anchor(), Phase.STEERED, deadline))
              .join(remaining(deadline));
      if (!probe.usable()) {
        throw new PageFailed(EndReason.ANCHOR_LOST, "PROBE_" + probe.cause());
      }
    } catch (Refusal e) {
      throw new PageFailed(EndReason.ANCHOR_LOST, "PROBE_" + e.problemCause());
    }
  }

  private Session activate(Session session, QosStanding qos, StageTimer stages) throws PageFailed {
    requireTime(session.expiresAt().minus(TOKEN_LIFE_MIN), "INSTALL");
    var token = issuer.token(session, session.expiresAt(), leases.now());
    stages.done(Stage.SIGN);
    try {
      return leases.append(session, new SessionEvent.Activated(token, qos)).session();
    } catch (NotAppended e) {
      throw new PageFailed(EndReason.ADMISSION_REJECTED, "ACTIVATE_" + e.problemCause());
    } finally {
      stages.done(Stage.STORE);
    }
  }

  /** ENDING with the signed end if there is a COMMIT; then steering, anchor, QoS; REJECTED. */
  private PageOutcome undo(
      Session begun, EndCause cause, Preparation preparation, Instant deadline) {
    EndCause told =
        leases.now().isBefore(deadline)
            ? cause
            : new EndCause(EndReason.DEADLINE_EXCEEDED, cause.trigger());
    Session ended = ends.end(begun.id(), told, preparation.leftovers()).orElse(begun);
    EndCause why =
        switch (ended.state()) {
          case SessionState.Ending ending -> ending.cause();
          case SessionState.Terminal terminal -> terminal.cause();
          default -> told;
        };
    if (!why.equals(told)) { // somebody else ended it and knew nothing of what was prepared
      preparation.letGo();
      preparation.letQosGo();
    }
    return new Rejected(ended, why);
  }

  private void requireTime(Instant deadline, String step) throws PageFailed {
    if (!leases.now().isBefore(deadline)) {
      throw new PageFailed(EndReason.DEADLINE_EXCEEDED, step);
    }
  }

  private Duration remaining(Instant deadline) {
    Duration left = Duration.between(leases.now(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }
}

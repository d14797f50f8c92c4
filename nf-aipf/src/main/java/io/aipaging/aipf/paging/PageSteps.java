package io.aipaging.aipf.paging;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.Enforcement.Phase;
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
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.paging.PageOutcome.Paged;
import io.aipaging.aipf.paging.PageOutcome.Rejected;
import io.aipaging.aipf.paging.Preparation.Prepared;
import io.aipaging.aipf.strand.Strand;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps 4 to 7 of a page whose PREPARING row is durable. Whoever runs them may be another process
 * than the one that began the page.
 */
final class PageSteps {
  /** Tokens count in whole seconds: a shorter one would be over when it is signed. */
  private static final Duration TOKEN_LIFE_MIN = Duration.ofSeconds(2);

  private final Leases leases;
  private final CommitIssuer issuer;
  private final EndProcedure ends;
  private final PageContext context;

  PageSteps(Leases leases, CommitIssuer issuer, EndProcedure ends, PageContext context) {
    this.leases = leases;
    this.issuer = issuer;
    this.ends = ends;
    this.context = context;
  }

  /** One run of the steps. */
  private record Run(Session begun, Preparation preparation, Instant deadline, StageTimer stages) {}

  private interface Work {
    Session session() throws PageFailed, PageOvertaken;
  }

  /** All steps, with the best of {@code anchors} that gives a slot. */
  PageOutcome run(Session preparing, List<LeaseAnchor> anchors, StageTimer stages) {
    Run run = begin(preparing, stages);
    return undoing(
        run,
        () -> {
          Prepared prepared = run.preparation().prepare(anchors); // 4 slot and QoS
          stages.done(Stage.PREPARE);
          requireTime(run.deadline(), "PREPARE");
          Leases.Moved committed = commit(run, prepared); // 5 COMMIT(gen 1), durable
          run.preparation().became(prepared.hold());
          return activated(run, committed);
        });
  }

  /** What is left of a page whose COMMIT is durable: 6 and 7, as often as it takes. */
  PageOutcome finish(Session committed, Lease.Committed lease, StageTimer stages) {
    Run run = begin(committed, stages);
    return undoing(
        run,
        () -> {
          holdAgain(committed, lease, run.deadline());
          return activated(run, new Leases.Moved(committed, leases.owed(committed)));
        });
  }

  private Run begin(Session session, StageTimer stages) {
    Instant deadline = ((SessionState.Preparing) session.state()).deadline();
    return new Run(session, new Preparation(context.tools(), session, deadline), deadline, stages);
  }

  private Session activated(Run run, Leases.Moved committed) throws PageFailed, PageOvertaken {
    QosStanding qos = install(committed, run.deadline()); // 6 post, steer, confirm
    expectSteered(committed.session(), run.deadline()); // 6 probe
    run.stages().done(Stage.INSTALL);
    requireTime(run.deadline(), "INSTALL");
    Session active = activate(committed.session(), qos, run.stages()); // 7 ACTIVE
    run.preparation().letGo();
    run.stages().report(context.observer());
    return active;
  }

  private PageOutcome undoing(Run run, Work work) {
    try {
      return new Paged(work.session());
    } catch (PageFailed e) {
      return undo(run, e.endCause());
    } catch (PageOvertaken e) {
      return follow(run);
    } catch (RuntimeException e) {
      var _ = undo(run, new EndCause(EndReason.ADMISSION_REJECTED, "SYSTEM_FAILURE"));
      throw e;
    }
  }

  /** The hold of a COMMIT that nobody posted may have run out; one that was posted needs none. */
  private void holdAgain(Session session, Lease.Committed lease, Instant deadline) {
    try {
      var _ =
          context
              .tools()
              .enforcement()
              .start(
                  () ->
                      context
                          .tools()
                          .enforcement()
                          .hold(
                              session,
                              lease.id(),
                              lease.anchor(),
                              context.tools().terms().holdTtl(),
                              deadline))
              .join(remaining(deadline));
    } catch (Refusal e) {
      return; // posting the COMMIT says whether there is a slot
    }
  }

  private Leases.Moved commit(Run run, Prepared prepared) throws PageFailed, PageOvertaken {
    Session session = run.begun();
    requireTime(session.expiresAt().minus(TOKEN_LIFE_MIN), "PREPARE");
    var serve = issuer.serve(session, prepared.hold(), prepared.qos(), leases.now());
    run.stages().done(Stage.SIGN);
    try {
      return leases.append(
          session, new SessionEvent.Committed(prepared.hold(), serve, prepared.qos()));
    } catch (NotAppended e) {
      throw refused(e, "COMMIT_");
    } finally {
      run.stages().done(Stage.STORE);
    }
  }

  private static PageFailed refused(NotAppended e, String step) throws PageOvertaken {
    if (e.stale()) {
      throw new PageOvertaken();
    }
    return new PageFailed(EndReason.ADMISSION_REJECTED, step + e.problemCause());
  }

  private QosStanding install(Leases.Moved committed, Instant deadline) throws PageFailed {
    List<Strand<QosStanding>> strands = new ArrayList<>();
    QosStanding before = committed.session().qos();
    for (Effect effect : committed.effects()) {
      strands.add(context.tools().enforcement().start(() -> carryOut(effect, before, deadline)));
    }
    QosStanding standing = before;
    PageFailed failure = null;
    for (int i = 0;
        i < strands.size();
        i++) { // all are waited for, so that undoing meets no laggard
      Effect effect = committed.effects().get(i);
      try {
        QosStanding answered = strands.get(i).join(remaining(deadline));
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
          context
              .tools()
              .enforcement()
              .start(
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

  private Session activate(Session session, QosStanding qos, StageTimer stages)
      throws PageFailed, PageOvertaken {
    requireTime(session.expiresAt().minus(TOKEN_LIFE_MIN), "INSTALL");
    var token = issuer.token(session, session.expiresAt(), leases.now());
    stages.done(Stage.SIGN);
    try {
      return leases.append(session, new SessionEvent.Activated(token, qos)).session();
    } catch (NotAppended e) {
      throw refused(e, "ACTIVATE_");
    } finally {
      stages.done(Stage.STORE);
    }
  }

  /** ENDING with the signed end if there is a COMMIT; then steering, anchor, QoS; REJECTED. */
  private PageOutcome undo(Run run, EndCause cause) {
    EndCause told =
        leases.now().isBefore(run.deadline())
            ? cause
            : new EndCause(EndReason.DEADLINE_EXCEEDED, cause.trigger());
    Session begun = run.begun();
    Session ended = ends.end(begun.id(), told, run.preparation().leftovers()).orElse(begun);
    EndCause why = PageReplay.causeOf(ended).orElse(told);
    if (!why.equals(told)) { // somebody else ended it and knew nothing of what was prepared
      run.preparation().letGo();
      run.preparation().letQosGo();
    }
    return new Rejected(ended, why);
  }

  /**
   * Somebody else moved the session: its row says how the page ends, and nothing is undone here.
   */
  private PageOutcome follow(Run run) {
    run.preparation().letGo();
    Session now = leases.find(run.begun().id()).orElse(run.begun());
    PageOutcome outcome = new PageReplay(leases).outcome(now, run.deadline());
    if (outcome instanceof Rejected) {
      run.preparation().letQosGo();
    }
    return outcome;
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

package io.aipaging.aipf;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.relocation.MoveBudget;
import io.aipaging.aipf.relocation.PathChanges;
import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.relocation.RelocationSteps;
import io.aipaging.aipf.relocation.RelocationTargets;
import io.aipaging.aipf.relocation.RelocationUndo;
import io.aipaging.aipf.relocation.SessionMover;
import io.aipaging.aipf.strand.Strands;
import java.time.Duration;

/** Puts together what moves sessions; knows no driver. */
final class Relocations {
  /** Sessions that wait to be moved because of a single event. */
  private static final int WAITING_MAX = 10_000;

  private final AipfConfig.Relocation config;
  private final Leases leases;
  private final Enforcement enforcement;
  private final Endings endings;
  private final MoveBudget budget;

  /** What ends what cannot be moved, and how long one step may take. */
  record Endings(EndProcedure ends, DrainProcedure drains, Duration effectTime, Strands strands) {}

  Relocations(
      AipfConfig.Relocation config, Leases leases, Enforcement enforcement, Endings endings) {
    this.config = config;
    this.leases = leases;
    this.enforcement = enforcement;
    this.endings = endings;
    this.budget = new MoveBudget(config.toOneAnchorMax());
  }

  RelocationProcedure procedure(
      CommitIssuer issuer, LeaseTerms terms, Ids ids, RelocationTargets targets) {
    RelocationSteps steps =
        new RelocationSteps(
            leases, issuer, enforcement, new RelocationSteps.Tools(terms, ids, budget));
    RelocationUndo undo =
        new RelocationUndo(
            leases,
            issuer,
            steps,
            new RelocationUndo.Endings(
                endings.drains(), endings.ends(), endings.effectTime(), endings.strands()));
    return new RelocationProcedure(steps, undo, targets, endings.drains());
  }

  SessionMover mover(RelocationProcedure procedure) {
    return new SessionMover(
        leases,
        procedure,
        new SessionMover.Rules(config.damping(), config.moveTime()),
        new SessionMover.Farewell(enforcement, endings.ends()));
  }

  RelocationDispatcher dispatcher(
      SessionMover mover, RelocationDispatcher.Surroundings surroundings) {
    return new RelocationDispatcher(
        leases,
        mover,
        surroundings,
        new RelocationDispatcher.Bounds(config.atOnceMax(), WAITING_MAX));
  }

  PathChanges pathChanges(
      SessionMover mover, RelocationProcedure procedure, RelocationDispatcher.Observer observer) {
    return new PathChanges(leases, mover, procedure, config.pathChangeWithin(), observer);
  }
}

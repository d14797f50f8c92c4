package io.aipaging.aipf;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.events.BindingReports;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseClock;
import io.aipaging.aipf.lease.LeaseRules;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.paging.PageContext;
import io.aipaging.aipf.paging.PageProcedure;
import io.aipaging.aipf.paging.PageTools;
import io.aipaging.aipf.paging.ServiceDirectory;
import io.aipaging.aipf.paging.StageObserver;
import io.aipaging.aipf.reconcile.Peer;
import io.aipaging.aipf.reconcile.ReconcileObserver;
import io.aipaging.aipf.reconcile.Reconciler;
import io.aipaging.aipf.reconcile.Tools;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.relocation.RelocationSteps;
import io.aipaging.aipf.relocation.RelocationTargets;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.relocation.RelocationUndo;
import io.aipaging.aipf.relocation.Trigger;
import io.aipaging.aipf.renewal.Delivery;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.aipf.sbi.EventsService;
import io.aipaging.aipf.sbi.PagingService;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.aipf.upkeep.SessionKeeper;
import io.aipaging.protocol.TokenSigning;
import io.aipaging.protocol.UeHashKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Puts the procedures together; knows no driver. Whoever runs them brings what is around. */
public final class Procedures {
  private final LeaseTerms terms;
  private final Duration effectTime;
  private final Duration interval;
  private final LeaseClock clock;
  private final LeaseStore store;
  private final Enforcement enforcement;
  private final CommitIssuer issuer;
  private final Strands strands;
  private final Ids ids;
  private final LeaseRules rules;

  /** Procedures on {@code store}. */
  public Procedures(
      AipfConfig config, LeaseClock clock, LeaseStore store, Outside outside, Inside inside) {
    this.terms = config.lease().terms();
    this.effectTime = config.limits().effectTime();
    this.interval = config.limits().reconcileInterval();
    this.clock = clock;
    this.store = store;
    this.enforcement = outside.enforcement();
    this.strands = outside.strands();
    this.ids = inside.ids();
    this.rules = inside.rules();
    this.issuer = new CommitIssuer(config.setId(), inside.keys(), terms, ids);
  }

  /** Who carries things out, and where that is waited for. */
  public record Outside(Enforcement enforcement, Strands strands) {}

  /**
   * What decides.
   *
   * @param keys of the Set
   * @param ids of everything
   * @param rules what may happen to a session
   */
  public record Inside(TokenSigning keys, Ids ids, LeaseRules rules) {}

  /** What the procedures live in. */
  public record Surroundings(
      UeHashKey ueHashKey,
      StageObserver stages,
      SessionKeeper keeper,
      Reconciling reconciling,
      Leases.Surroundings leases) {}

  /** Whose sessions are compared with whom. */
  public record Reconciling(
      Ownership ownership, List<Peer.Enforcer> enforcers, ReconcileObserver observer) {}

  /** What there is to serve, and what works by itself. */
  public record Served(PagingService paging, EventsService events, Reconciler reconciler) {}

  /** Puts everything together and starts the keeper. */
  public Served serve(
      ServiceDirectory services, RelocationTargets targets, Surroundings surroundings) {
    SessionKeeper keeper = surroundings.keeper();
    Leases leases = new Leases(rules, store, clock, surroundings.leases());
    EndProcedure ends = new EndProcedure(leases, issuer, enforcement, effectTime);
    DrainProcedure drains = new DrainProcedure(leases, issuer, enforcement, effectTime);
    RelocationProcedure relocation = relocation(leases, ends, drains, targets);
    RenewProcedure renew =
        new RenewProcedure(
            leases,
            issuer,
            enforcement,
            terms,
            new Delivery(
                leases,
                enforcement,
                new Delivery.Fallbacks(relocation, ends, effectTime, strands)));
    PageProcedure pages =
        new PageProcedure(
            leases,
            issuer,
            ends,
            new PageContext(
                services,
                new PageTools(enforcement, terms, ids, clock),
                surroundings.ueHashKey(),
                surroundings.stages(),
                System::nanoTime));
    keeper.start(new SessionKeeper.Procedures(renew, drains, ends, pages, relocation));
    RelocationTriggers triggers = byOperatorsOnly(relocation);
    Reconciler reconciler = reconciler(leases, ends, relocation, surroundings.reconciling());
    return new Served(
        new PagingService(
            new PagingService.Procedures(pages, renew, relocation, ends),
            store,
            surroundings.stages(),
            System::nanoTime),
        new EventsService(reconciler, triggers, new BindingReports(leases, ends, triggers)),
        reconciler);
  }

  private Reconciler reconciler(
      Leases leases, EndProcedure ends, RelocationProcedure relocation, Reconciling reconciling) {
    Tools tools =
        new Tools(
            store,
            leases,
            issuer,
            enforcement,
            ends,
            relocation,
            reconciling.ownership(),
            terms,
            effectTime);
    return new Reconciler(
        tools,
        reconciling.enforcers(),
        new Reconciler.Habits(strands, interval, reconciling.observer()));
  }

  /** Nothing moves unless an operator wants it. */
  private static RelocationTriggers byOperatorsOnly(RelocationProcedure relocation) {
    return new RelocationTriggers() {
      @Override
      public void raise(Trigger trigger) {
        if (trigger instanceof Trigger.OperatorMove) {
          throw new IllegalArgumentException("an operator waits for the outcome");
        }
      }

      @Override
      public RelocationOutcome move(Trigger.OperatorMove wanted, Instant deadline) {
        return relocation.relocate(wanted.session(), wanted.target(), wanted.word(), deadline);
      }
    };
  }

  private RelocationProcedure relocation(
      Leases leases, EndProcedure ends, DrainProcedure drains, RelocationTargets targets) {
    RelocationSteps steps = new RelocationSteps(leases, issuer, enforcement, terms, ids);
    RelocationUndo undo =
        new RelocationUndo(
            leases, issuer, steps, new RelocationUndo.Endings(drains, ends, effectTime, strands));
    return new RelocationProcedure(steps, undo, targets, drains);
  }
}

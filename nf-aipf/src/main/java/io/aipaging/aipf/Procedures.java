package io.aipaging.aipf;

import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.ending.RevokeProcedure;
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
import io.aipaging.aipf.relocation.AnchorConditions;
import io.aipaging.aipf.relocation.AnchorDrainProcedure;
import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.relocation.RelocationTargets;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.relocation.SessionMover;
import io.aipaging.aipf.renewal.Delivery;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.aipf.sbi.EventsService;
import io.aipaging.aipf.sbi.PagingService;
import io.aipaging.aipf.selection.AnchorHealthSource;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.aipf.upkeep.SessionKeeper;
import io.aipaging.protocol.TokenSigning;
import io.aipaging.protocol.UeHashKey;
import java.time.Duration;
import java.util.List;

/** Puts the procedures together; knows no driver. Whoever runs them brings what is around. */
public final class Procedures {
  /** Sessions a revocation ends at the same time. */
  private static final int REVOKED_AT_ONCE_MAX = 128;

  private final AipfConfig config;
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
    this.config = config;
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

  /** Where sessions can be. */
  public record Places(
      Catalog catalog,
      AnchorHealthSource healths,
      ServiceDirectory services,
      RelocationTargets targets) {}

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
      RelocationDispatcher.Surroundings moves,
      Leases.Surroundings leases) {}

  /** Whose sessions are compared with whom. */
  public record Reconciling(
      Ownership ownership, List<Peer.Enforcer> enforcers, ReconcileObserver observer) {}

  /** What there is to serve, what works by itself, and who has to hear of the anchors' reports. */
  public record Served(
      PagingService paging,
      EventsService events,
      Reconciler reconciler,
      AnchorConditions conditions) {}

  /** Puts everything together and starts the keeper. */
  public Served serve(Places places, Surroundings surroundings) {
    Leases leases = new Leases(rules, store, clock, surroundings.leases());
    EndProcedure ends = new EndProcedure(leases, issuer, enforcement, effectTime);
    DrainProcedure drains = new DrainProcedure(leases, issuer, enforcement, effectTime);
    Relocations relocations =
        new Relocations(
            config.relocation(),
            leases,
            enforcement,
            new Relocations.Endings(ends, drains, effectTime, strands));
    RelocationProcedure relocation = relocations.procedure(issuer, terms, ids, places.targets());
    SessionMover mover = relocations.mover(relocation);
    RelocationTriggers triggers = relocations.dispatcher(mover, surroundings.moves());
    RenewProcedure renew = renew(leases, relocation, ends);
    PageProcedure pages = pages(leases, ends, places.services(), surroundings);
    surroundings
        .keeper()
        .start(new SessionKeeper.Procedures(renew, drains, ends, pages, relocation));
    Reconciler reconciler = reconciler(leases, ends, relocation, surroundings.reconciling());
    AnchorConditions conditions =
        new AnchorConditions(config.relocation().conditions(), clock, triggers);
    PagingService.Procedures served =
        new PagingService.Procedures(
            pages,
            renew,
            triggers,
            ends,
            new RevokeProcedure(leases, ends, strands, REVOKED_AT_ONCE_MAX),
            new AnchorDrainProcedure(leases, enforcement, triggers));
    return new Served(
        new PagingService(
            served,
            new PagingService.Anchors(places.catalog(), conditions, places.healths()),
            store,
            new PagingService.Stages(surroundings.stages(), System::nanoTime)),
        new EventsService(
            reconciler,
            triggers,
            relocations.pathChanges(mover, relocation, surroundings.moves().observer()),
            new BindingReports(leases, ends, triggers)),
        reconciler,
        conditions);
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

  private RenewProcedure renew(Leases leases, RelocationProcedure relocation, EndProcedure ends) {
    Delivery.Fallbacks fallbacks = new Delivery.Fallbacks(relocation, ends, effectTime, strands);
    return new RenewProcedure(
        leases, issuer, enforcement, terms, new Delivery(leases, enforcement, fallbacks));
  }

  private PageProcedure pages(
      Leases leases, EndProcedure ends, ServiceDirectory services, Surroundings surroundings) {
    return new PageProcedure(
        leases,
        issuer,
        ends,
        new PageContext(
            services,
            new PageTools(enforcement, terms, ids, clock),
            surroundings.ueHashKey(),
            surroundings.stages(),
            System::nanoTime));
  }
}

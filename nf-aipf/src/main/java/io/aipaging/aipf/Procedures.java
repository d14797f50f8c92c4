package io.aipaging.aipf;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseClock;
import io.aipaging.aipf.lease.LeaseMachine;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.paging.PageContext;
import io.aipaging.aipf.paging.PageProcedure;
import io.aipaging.aipf.paging.PageTools;
import io.aipaging.aipf.paging.ServiceDirectory;
import io.aipaging.aipf.paging.StageObserver;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.relocation.RelocationSteps;
import io.aipaging.aipf.relocation.RelocationTargets;
import io.aipaging.aipf.relocation.RelocationUndo;
import io.aipaging.aipf.renewal.Delivery;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.aipf.sbi.PagingService;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.aipf.upkeep.SessionKeeper;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeHashKey;
import java.time.Duration;

/** Puts the procedures together; knows no driver. */
final class Procedures {
  private final LeaseTerms terms;
  private final Duration effectTime;
  private final LeaseClock clock;
  private final LeaseStore store;
  private final Enforcement enforcement;
  private final CommitIssuer issuer;
  private final Strands strands;
  private final Ids ids = Ids.random();

  Procedures(
      AipfConfig config, LeaseClock clock, LeaseStore store, Outside outside, SigningKeys keys) {
    this.terms = config.lease().terms();
    this.effectTime = config.limits().effectTime();
    this.clock = clock;
    this.store = store;
    this.enforcement = outside.enforcement();
    this.strands = outside.strands();
    this.issuer = new CommitIssuer(config.setId(), keys, terms, ids);
  }

  record Outside(Enforcement enforcement, Strands strands) {}

  record Surroundings(
      UeHashKey ueHashKey,
      StageObserver stages,
      SessionKeeper keeper,
      Leases.Surroundings leases) {}

  PagingService paging(
      ServiceDirectory services, RelocationTargets targets, Surroundings surroundings) {
    SessionKeeper keeper = surroundings.keeper();
    Leases leases = new Leases(new LeaseMachine(terms), store, clock, surroundings.leases());
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
    return new PagingService(
        new PagingService.Procedures(pages, renew, relocation, ends),
        store,
        surroundings.stages(),
        System::nanoTime);
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

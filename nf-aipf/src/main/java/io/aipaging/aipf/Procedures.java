package io.aipaging.aipf;

import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.ending.RevokeProcedure;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseMachine;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.paging.PageContext;
import io.aipaging.aipf.paging.PageProcedure;
import io.aipaging.aipf.paging.PageTools;
import io.aipaging.aipf.paging.ServiceDirectory;
import io.aipaging.aipf.paging.StageObserver;
import io.aipaging.aipf.relocation.AnchorConditions;
import io.aipaging.aipf.relocation.AnchorDrainProcedure;
import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.relocation.RelocationTargets;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.renewal.Delivery;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.aipf.sbi.PagingService;
import io.aipaging.aipf.selection.AnchorHealthSource;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.aipf.upkeep.SessionKeeper;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeHashKey;
import java.time.Duration;
import java.time.InstantSource;

/** Puts the procedures together; knows no driver. */
final class Procedures {
  /** Sessions a revocation ends at the same time. */
  private static final int REVOKED_AT_ONCE_MAX = 128;

  private final AipfConfig config;
  private final LeaseTerms terms;
  private final Duration effectTime;
  private final InstantSource clock;
  private final LeaseStore store;
  private final Enforcement enforcement;
  private final CommitIssuer issuer;
  private final Strands strands;
  private final Ids ids = Ids.random();

  Procedures(
      AipfConfig config, InstantSource clock, LeaseStore store, Outside outside, SigningKeys keys) {
    this.config = config;
    this.terms = config.lease().terms();
    this.effectTime = config.limits().effectTime();
    this.clock = clock;
    this.store = store;
    this.enforcement = outside.enforcement();
    this.strands = outside.strands();
    this.issuer = new CommitIssuer(config.setId(), keys, terms, ids);
  }

  record Outside(Enforcement enforcement, Strands strands) {}

  /** Where sessions can be. */
  record Places(
      Catalog catalog,
      AnchorHealthSource healths,
      ServiceDirectory services,
      RelocationTargets targets) {}

  record Surroundings(
      UeHashKey ueHashKey,
      StageObserver stages,
      SessionKeeper keeper,
      Leases.Surroundings leases,
      RelocationDispatcher.Surroundings moves) {}

  /** What there is to serve, and who has to hear of the anchors' reports. */
  record Served(PagingService paging, RelocationTriggers triggers, AnchorConditions conditions) {}

  Served serve(Places places, Surroundings surroundings) {
    Leases leases = new Leases(new LeaseMachine(terms), store, clock, surroundings.leases());
    EndProcedure ends = new EndProcedure(leases, issuer, enforcement, effectTime);
    DrainProcedure drains = new DrainProcedure(leases, issuer, enforcement, effectTime);
    Relocations relocations =
        new Relocations(
            config.relocation(),
            leases,
            enforcement,
            new Relocations.Endings(ends, drains, effectTime, strands));
    RelocationProcedure relocation = relocations.procedure(issuer, terms, ids, places.targets());
    RelocationTriggers triggers = relocations.dispatcher(relocation, surroundings.moves());
    RenewProcedure renew = renew(leases, relocation, ends);
    PageProcedure pages = pages(leases, ends, places.services(), surroundings);
    surroundings
        .keeper()
        .start(new SessionKeeper.Procedures(renew, drains, ends, pages, relocation));
    AnchorConditions conditions =
        new AnchorConditions(config.relocation().conditions(), clock, triggers);
    PagingService paging =
        new PagingService(
            new PagingService.Procedures(
                pages, renew, triggers, ends, new RevokeProcedure(leases, ends, strands, REVOKED_AT_ONCE_MAX)),
            new PagingService.Anchors(
                places.catalog(),
                conditions,
                places.healths(),
                new AnchorDrainProcedure(leases, enforcement, triggers)),
            store,
            new PagingService.Stages(surroundings.stages(), System::nanoTime));
    return new Served(paging, triggers, conditions);
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

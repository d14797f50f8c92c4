package io.aipaging.aipf.sbi;

import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.ending.RevokeProcedure;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.paging.PageProcedure;
import io.aipaging.aipf.paging.StageObserver;
import io.aipaging.aipf.relocation.AnchorConditions;
import io.aipaging.aipf.relocation.AnchorDrainProcedure;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.aipf.selection.AnchorHealthSource;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.paging.AnchorDrain;
import io.aipaging.openapi.paging.AnchorList;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.DrainAnchor;
import io.aipaging.openapi.paging.EvidenceList;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.ListAnchors;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.Relocation;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Revocation;
import io.aipaging.openapi.paging.RevokeSessions;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionList;
import java.util.function.LongSupplier;

/** naipf-paging: one class per operation behind one interface. */
public final class PagingService implements NaipfPaging {
  private final CreateSessionOperation createSession;
  private final GetSessionOperation getSession;
  private final ListSessionsOperation listSessions;
  private final RenewSessionOperation renewSession;
  private final RelocateSessionOperation relocateSession;
  private final ReleaseSessionOperation releaseSession;
  private final RevokeSessionsOperation revokeSessions;
  private final ListEvidenceOperation listEvidence;
  private final ListAnchorsOperation listAnchors;
  private final DrainAnchorOperation drainAnchor;

  /**
   * The procedures behind the operations.
   *
   * @param pages CreateSession
   * @param renew RenewSession
   * @param triggers RelocateSession
   * @param ends ReleaseSession
   * @param revoke RevokeSessions
   * @param drains DrainAnchor
   */
  public record Procedures(
      PageProcedure pages,
      RenewProcedure renew,
      RelocationTriggers triggers,
      EndProcedure ends,
      RevokeProcedure revoke,
      AnchorDrainProcedure drains) {}

  /**
   * What is known of anchors.
   *
   * @param catalog which there are
   * @param conditions how they are
   * @param healths what they said last
   */
  public record Anchors(Catalog catalog, AnchorConditions conditions, AnchorHealthSource healths) {}

  /**
   * Told how long stages of a page take.
   *
   * @param observer told
   * @param nanoClock monotonic, ns
   */
  public record Stages(StageObserver observer, LongSupplier nanoClock) {}

  /** Serves {@code procedures} and what is in {@code store}. */
  public PagingService(Procedures procedures, Anchors anchors, LeaseStore store, Stages stages) {
    createSession =
        new CreateSessionOperation(procedures.pages(), stages.observer(), stages.nanoClock());
    getSession = new GetSessionOperation(store);
    listSessions = new ListSessionsOperation(store);
    renewSession = new RenewSessionOperation(procedures.renew());
    relocateSession = new RelocateSessionOperation(procedures.triggers());
    releaseSession = new ReleaseSessionOperation(procedures.ends());
    revokeSessions = new RevokeSessionsOperation(procedures.revoke());
    listEvidence = new ListEvidenceOperation(store);
    listAnchors =
        new ListAnchorsOperation(anchors.catalog(), anchors.conditions(), anchors.healths());
    drainAnchor = new DrainAnchorOperation(anchors.catalog(), procedures.drains());
  }

  @Override
  public Session createSession(Call call, CreateSession request) {
    return Refusals.answered(() -> createSession.handle(call, request));
  }

  @Override
  public Session getSession(Call call, GetSession request) {
    return Refusals.answered(() -> getSession.handle(request));
  }

  @Override
  public SessionList listSessions(Call call, ListSessions request) {
    return Refusals.answered(() -> listSessions.handle(request));
  }

  @Override
  public Session renewSession(Call call, RenewSession request) {
    return Refusals.answered(() -> renewSession.handle(call, request));
  }

  @Override
  public Relocation relocateSession(Call call, RelocateSession request) {
    return Refusals.answered(() -> relocateSession.handle(call, request));
  }

  @Override
  public NoContent releaseSession(Call call, ReleaseSession request) {
    return Refusals.answered(() -> releaseSession.handle(request));
  }

  @Override
  public Revocation revokeSessions(Call call, RevokeSessions request) {
    return Refusals.answered(() -> revokeSessions.handle(call, request));
  }

  @Override
  public AnchorList listAnchors(Call call, ListAnchors request) {
    return Refusals.answered(listAnchors::handle);
  }

  @Override
  public AnchorDrain drainAnchor(Call call, DrainAnchor request) {
    return Refusals.answered(() -> drainAnchor.handle(call, request));
  }

  @Override
  public EvidenceList listEvidence(Call call, ListEvidence request) {
    return Refusals.answered(() -> listEvidence.handle(request));
  }
}

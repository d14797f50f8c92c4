package io.aipaging.aipf.sbi;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.paging.PageProcedure;
import io.aipaging.aipf.paging.StageObserver;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.EvidenceList;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.Relocation;
import io.aipaging.openapi.paging.RenewSession;
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
  private final ListEvidenceOperation listEvidence;

  /**
   * The procedures behind the operations.
   *
   * @param pages CreateSession
   * @param renew RenewSession
   * @param relocation RelocateSession
   * @param ends ReleaseSession
   */
  public record Procedures(
      PageProcedure pages,
      RenewProcedure renew,
      RelocationProcedure relocation,
      EndProcedure ends) {}

  /** Serves {@code procedures} and what is in {@code store}. */
  public PagingService(
      Procedures procedures, LeaseStore store, StageObserver observer, LongSupplier nanoClock) {
    createSession = new CreateSessionOperation(procedures.pages(), observer, nanoClock);
    getSession = new GetSessionOperation(store);
    listSessions = new ListSessionsOperation(store);
    renewSession = new RenewSessionOperation(procedures.renew());
    relocateSession = new RelocateSessionOperation(procedures.relocation());
    releaseSession = new ReleaseSessionOperation(procedures.ends());
    listEvidence = new ListEvidenceOperation(store);
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
  public EvidenceList listEvidence(Call call, ListEvidence request) {
    return Refusals.answered(() -> listEvidence.handle(request));
  }
}

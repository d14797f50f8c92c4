package io.aipaging.aipf.sbi;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.StoreUnavailable;
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
import java.util.function.Supplier;

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
    return answered(() -> createSession.handle(call, request));
  }

  @Override
  public Session getSession(Call call, GetSession request) {
    return answered(() -> getSession.handle(request));
  }

  @Override
  public SessionList listSessions(Call call, ListSessions request) {
    return answered(() -> listSessions.handle(request));
  }

  @Override
  public Session renewSession(Call call, RenewSession request) {
    return answered(() -> renewSession.handle(call, request));
  }

  @Override
  public Relocation relocateSession(Call call, RelocateSession request) {
    return answered(() -> relocateSession.handle(call, request));
  }

  @Override
  public NoContent releaseSession(Call call, ReleaseSession request) {
    return answered(() -> releaseSession.handle(request));
  }

  @Override
  public EvidenceList listEvidence(Call call, ListEvidence request) {
    return answered(() -> listEvidence.handle(request));
  }

  /** A store that cannot be used now is a reason to come back later, whatever was asked. */
  private static <T> T answered(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (StoreUnavailable e) {
      throw Refusals.storeUnavailable();
    }
  }
}

package io.aipaging.aipf.lease;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.time.Instant;

/**
 * What an enforcer holds and no row covers.
 *
 * @param enforcerId who holds it
 * @param session its session, which may never have had a row
 * @param lease its lease
 * @param about what its COMMITs say besides
 * @param gen generation of the {@code end} it needs, above everything known of it
 * @param scope the lease, or the whole session when no row of it is left
 * @param until when the enforcer stops by itself at the latest
 */
public record Orphan(
    String enforcerId,
    SessionId session,
    LeaseId lease,
    About about,
    long gen,
    EndScope scope,
    Instant until) {
  /**
   * What its COMMITs say besides.
   *
   * @param aisi AI service
   * @param anchor where it leads
   * @param flow its traffic
   */
  public record About(Aisi aisi, AnchorRef anchor, Flow flow) {}
}

package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.protocol.UeAddress;
import java.util.ArrayList;
import java.util.List;

/** Sessions of a UE that are not over: few, among those remembered. */
final class LiveSessions {
  private static final int READ_AT_ONCE = 128;

  private LiveSessions() {}

  static List<Session> of(UeAddress ue, Leases leases) {
    List<Session> live = new ArrayList<>();
    String token = null;
    do {
      SessionPage page = leases.list(SessionQuery.of(ue), READ_AT_ONCE, token);
      page.sessions().stream().filter(session -> !session.terminal()).forEach(live::add);
      token = page.nextToken();
    } while (token != null);
    return live;
  }
}

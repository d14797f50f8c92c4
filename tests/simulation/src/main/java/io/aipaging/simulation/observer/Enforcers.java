package io.aipaging.simulation.observer;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TokenRejected;
import io.aipaging.simulation.engine.Witness;
import io.aipaging.simulation.gate.Believers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What enforcers have said they did. */
public final class Enforcers implements Witness {
  private final Ledger ledger;
  private final Believers believers;
  private final Verdict verdict;
  private final Map<At<SessionId>, Long> sessionsEnded = new HashMap<>();
  private final Map<At<LeaseId>, Long> leasesEnded = new HashMap<>();
  private long answers;

  /** Nothing was said. */
  public Enforcers(Ledger ledger, Believers believers, Verdict verdict) {
    this.ledger = ledger;
    this.believers = believers;
    this.verdict = verdict;
  }

  private record At<T>(String enforcer, T what) {}

  @Override
  public <S> S of(Class<S> contract, String enforcer, S service) {
    Object witness =
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (self, method, arguments) -> answered(enforcer, service, method, arguments));
    return contract.cast(witness);
  }

  private Object answered(String enforcer, Object service, Method method, Object[] arguments)
      throws Throwable {
    Object answer;
    try {
      answer = method.invoke(service, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    switch (arguments[1]) {
      case ApplyCommits(List<String> commits) -> commits.forEach(jws -> obeyed(enforcer, jws));
      case ApplyCommit(String jws) -> obeyed(enforcer, jws);
      default -> {}
    }
    return answer;
  }

  private void obeyed(String enforcer, String jws) {
    answers++;
    Commit commit = ledger.commit(jws);
    if (commit != null && commit.role() != CommitRole.END) {
      granted(enforcer, commit);
    } else if (commit != null) {
      ended(new Said(enforcer, commit));
    } else if (isEnd(jws)) {
      ended(new Said(enforcer, read(enforcer, jws)));
    } else {
      verdict.violated("5 durable", enforcer + " obeyed a COMMIT that is not durable");
    }
  }

  private record Said(String enforcer, Commit end) {}

  private void ended(Said said) {
    Commit end = said.end();
    if (end.endScope() == EndScope.SESSION) {
      sessionsEnded.merge(new At<>(said.enforcer(), end.session()), end.gen(), Math::max);
    } else {
      leasesEnded.merge(new At<>(said.enforcer(), end.lease()), end.gen(), Math::max);
    }
  }

  /** What takes away need not be durable: the end of an orphan has no row to be in. */
  static boolean isEnd(String jws) {
    return jws.contains("\"role\":\"end\"");
  }

  private Commit read(String enforcer, String jws) {
    try {
      return believers.of(enforcer).verify(jws, Instant.EPOCH);
    } catch (TokenRejected e) {
      throw new IllegalStateException("an enforcer has believed it", e);
    }
  }

  private void granted(String enforcer, Commit commit) {
    if (ledger.cameLate(commit)) {
      verdict.violated(
          "renew", enforcer + " carries " + commit.lease() + " again after it was over");
    }
  }

  /** Counts what was said. */
  long answers() {
    return answers;
  }

  /** Whether {@code enforcer} has said that what {@code commit} grants is over. */
  boolean ended(String enforcer, Commit commit) {
    return sessionsEnded.getOrDefault(new At<>(enforcer, commit.session()), 0L) > commit.gen()
        || leasesEnded.getOrDefault(new At<>(enforcer, commit.lease()), 0L) > commit.gen();
  }

  /** A call by nobody, for looking. */
  static Call nobody(Instant now) {
    return new Call("observer", now, null);
  }
}

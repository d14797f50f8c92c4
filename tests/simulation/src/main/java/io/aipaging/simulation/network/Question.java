package io.aipaging.simulation.network;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.ProbeCommit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/**
 * One call of an operation.
 *
 * @param operation which
 * @param method the method of its contract's interface
 * @param request what is asked
 */
public record Question(Operation<?, ?> operation, Method method, Object request) {
  /** What is asked, in words for a trace. */
  String told() {
    String what =
        switch (request) {
          case ApplyCommits(List<String> commits) ->
              String.join(", ", commits.stream().map(Question::told).toList());
          case ApplyCommit(String commit) -> told(commit);
          case ProbeCommit(String commit, String phase) -> phase + " " + told(commit);
          case CreateSession create -> create.ue().ueAddress() + " " + create.intent().task();
          case CreateHold hold -> hold.leaseId();
          case RelocateSession move -> move.sessionId() + " to " + move.targetAnchorId();
          default -> request.toString().replaceAll("^[A-Za-z]+", "");
        };
    return operation.operationId() + " " + what;
  }

  private static String told(String commit) {
    return member(commit, "role") + " " + member(commit, "gen") + " of " + member(commit, "lid");
  }

  private static String member(String json, String name) {
    int at = json.indexOf('"' + name + "\":") + name.length() + 3;
    return json.substring(at, json.indexOf(',', at)).replace("\"", "");
  }

  /** The interface that is asked. */
  Class<?> contract() {
    return method.getDeclaringClass();
  }

  /** What {@code service} answers. */
  Object answeredBy(Object service, Call call) {
    try {
      return method.invoke(service, call, request);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("contracts are public", e);
    }
  }
}

package io.aipaging.simulation.network;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Contracts;
import io.aipaging.openapi.Operation;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Contracts as seen over the network: whatever operation a contract has, it is carried. */
public final class Remotes {
  private static final Map<String, Operation<?, ?>> OPERATIONS = operations();

  private Remotes() {}

  private static Map<String, Operation<?, ?>> operations() {
    Map<String, Operation<?, ?>> byMethod = new HashMap<>();
    for (Contract contract : Contracts.ALL) {
      for (Operation<?, ?> operation : contract.operations()) {
        byMethod.put(operation.operationId().toLowerCase(Locale.ROOT), operation);
      }
    }
    return Map.copyOf(byMethod);
  }

  /** What {@code to} serves, for a process at another node. */
  public static <S> S of(Class<S> contract, Network network, Life from, Node to) {
    Object remote =
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (self, method, arguments) ->
                network.ask(from, to, question(method, arguments[1]), (Call) arguments[0]));
    return contract.cast(remote);
  }

  private static Question question(Method method, Object request) {
    Operation<?, ?> operation = OPERATIONS.get(method.getName().toLowerCase(Locale.ROOT));
    if (operation == null) {
      throw new IllegalStateException("no operation is named " + method.getName());
    }
    return new Question(operation, method, request);
  }
}

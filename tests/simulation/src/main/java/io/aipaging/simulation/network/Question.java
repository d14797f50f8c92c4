package io.aipaging.simulation.network;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Operation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * One call of an operation.
 *
 * @param operation which
 * @param method the method of its contract's interface
 * @param request what is asked
 */
public record Question(Operation<?, ?> operation, Method method, Object request) {
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

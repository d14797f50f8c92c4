package io.aipaging.simulation.anchor;

import io.aipaging.aexf.admission.AdmissionService;
import io.aipaging.simulation.engine.Turnstile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The real service with its lock made visible to coroutines: all of them run on one thread, which a
 * real lock would let in again. Every operation of the real service holds its lock throughout.
 */
final class TurnBasedAdmission {
  private TurnBasedAdmission() {}

  static <S> S of(Class<S> contract, AdmissionService service, Turnstile turnstile) {
    Object turns =
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (self, method, arguments) -> {
              turnstile.enter();
              try {
                return method.invoke(service, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                turnstile.leave();
              }
            });
    return contract.cast(turns);
  }
}

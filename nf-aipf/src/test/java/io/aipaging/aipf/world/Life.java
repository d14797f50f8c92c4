package io.aipaging.aipf.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Whether an AIPF process lives. A dead one does nothing more, whatever its strands were about. */
final class Life {
  private volatile boolean dead;

  /** Ends the thread of a process that was killed; nobody in it can catch that. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  void end() {
    dead = true;
  }

  void require() {
    if (dead) {
      throw new Killed();
    }
  }

  /** {@code target} as a living process sees it. */
  <T> T through(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              require();
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                require();
              }
            }));
  }
}

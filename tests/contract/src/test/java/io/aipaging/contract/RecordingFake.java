package io.aipaging.contract;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service of any contract that answers what it was told to and remembers what it was asked. */
final class RecordingFake {
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<String, Object> answers = new ConcurrentHashMap<>();

  /**
   * One call.
   *
   * @param method name of the interface's method
   * @param call who asked, and until when
   * @param request the request record
   */
  record Received(String method, Call call, Object request) {}

  /** Something that implements the contract's interface. */
  Object as(Contract contract) {
    Class<?> type = Interfaces.of(contract);
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, args) -> handle(method, args));
  }

  /** What the method of an operation returns from now on. */
  void answer(String operationId, Object response) {
    answers.put(operationId.toLowerCase(java.util.Locale.ROOT), response);
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  void forget() {
    received.clear();
  }

  private Object handle(Method method, Object[] args) {
    received.add(new Received(method.getName(), (Call) args[0], args[1]));
    return answers.get(method.getName().toLowerCase(java.util.Locale.ROOT));
  }
}

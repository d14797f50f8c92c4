package io.aipaging.contract;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.server.SbiServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;

/** Finds, by the project's own naming, what a contract's Java side is called. */
final class Interfaces {
  private Interfaces() {}

  /** The blocking interface of a contract. */
  static Class<?> of(Contract contract) {
    return Arrays.stream(ContractBindings.class.getMethods())
        .filter(method -> method.getName().equals("bind"))
        .map(method -> method.getParameterTypes()[1])
        .filter(type -> contractOf(type).equals(contract))
        .findFirst()
        .orElseThrow(() -> new AssertionError(contract.api() + " has no ContractBindings.bind"));
  }

  /** Mounts {@code service}, which implements the contract's interface. */
  static SbiServer.Builder bind(Contract contract, SbiServer.Builder builder, Object service) {
    Class<?> type = of(contract);
    return (SbiServer.Builder)
        reflected(
            () ->
                ContractBindings.class
                    .getMethod("bind", SbiServer.Builder.class, type)
                    .invoke(null, builder, service));
  }

  /** The contract's interface over HTTP. */
  static Object overHttp(Contract contract, SbiClient client) {
    String name = SbiClient.class.getPackageName().replace(".client", ".contract") + ".Http";
    return reflected(
        () ->
            Class.forName(name + of(contract).getSimpleName())
                .getConstructor(SbiClient.class)
                .newInstance(client));
  }

  /** Calls the method of an operation. */
  static Object call(Object service, Operation<?, ?> operation, Call call, Object request) {
    return reflected(() -> method(service, operation).invoke(service, call, request));
  }

  private static Method method(Object service, Operation<?, ?> operation)
      throws NoSuchMethodException {
    String id = operation.operationId();
    return service
        .getClass()
        .getMethod(
            id.substring(0, 1).toLowerCase(Locale.ROOT) + id.substring(1),
            Call.class,
            operation.request());
  }

  private static Contract contractOf(Class<?> type) {
    return (Contract) reflected(() -> type.getField("CONTRACT").get(null));
  }

  private interface Reflection {
    Object run() throws ReflectiveOperationException;
  }

  private static Object reflected(Reflection reflection) {
    try {
      return reflection.run();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new AssertionError(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}

package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.QosBinding;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for answers, and the refusals of this contract. */
final class Answers {
  private Answers() {}

  /** Waits until the call's deadline; then {@code gaveUp} runs and 504 is raised. */
  static <T> T await(CompletableFuture<T> answer, Call call, InstantSource clock, Runnable gaveUp) {
    try {
      return answer.get(call.remaining(clock.instant()).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      gaveUp.run();
      throw timedOut("the core has not answered in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      gaveUp.run();
      throw timedOut("the wait was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  static QosBinding held(Binding.Held held) {
    BindingIdentity identity = held.identity();
    return new QosBinding(
        identity.bindingRef(),
        "HELD",
        "ACCEPTED",
        identity.qosReference(),
        held.holdExpiresAt(),
        null);
  }

  static QosBinding confirmed(Binding.Confirmed confirmed) {
    BindingIdentity identity = confirmed.identity();
    return new QosBinding(
        identity.bindingRef(),
        "CONFIRMED",
        "ACCEPTED",
        identity.qosReference(),
        null,
        confirmed.expiresAt());
  }

  static Refusal notFound(String detail) {
    return Refusal.of(404, "BINDING_NOT_FOUND", detail);
  }

  static Refusal refInUse(String detail) {
    return Refusal.of(409, "BINDING_REF_IN_USE", detail);
  }

  static Refusal timedOut(String detail) {
    return Refusal.of(504, "TIMED_OUT_REQUEST", detail);
  }

  static Refusal coreUnusable(boolean unreachable, String detail) {
    return unreachable
        ? Refusal.of(504, "TARGET_NF_NOT_REACHABLE", detail)
        : Refusal.of(502, "INBOUND_SERVER_ERROR", detail);
  }
}

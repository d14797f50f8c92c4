package io.aipaging.sbi.server;

import io.aipaging.openapi.Call;

/** Carries out one operation; runs on a virtual thread and may block. */
@FunctionalInterface
public interface OperationHandler<Q, R> {
  /**
   * Carries out one request.
   *
   * @throws io.aipaging.openapi.Refusal to say no; anything else becomes 500 {@code SYSTEM_FAILURE}
   */
  R handle(Call call, Q request) throws Exception;
}

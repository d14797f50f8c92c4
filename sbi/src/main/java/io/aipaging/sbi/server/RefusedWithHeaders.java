package io.aipaging.sbi.server;

import io.aipaging.openapi.Refusal;
import java.util.Map;

/** A refusal that HTTP wants headers on, such as {@code Allow}. */
final class RefusedWithHeaders extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final transient Map<String, String> headers;

  RefusedWithHeaders(Refusal refusal, Map<String, String> headers) {
    super(refusal.detail());
    this.refusal = refusal;
    this.headers = Map.copyOf(headers);
  }

  Answer answer() {
    return Answer.of(refusal, headers);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}

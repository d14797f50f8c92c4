package io.aipaging.openapi;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one way an operation of a contract says no. The HTTP/2 wiring renders it as {@code
 * application/problem+json} and the consumer side raises it again, so that both wirings look alike.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String cause;
  private final transient List<InvalidParam> invalidParams;
  private final @Nullable Duration retryAfter;

  private Refusal(
      int status,
      String cause,
      String detail,
      List<InvalidParam> invalidParams,
      @Nullable Duration retryAfter) {
    super(detail);
    this.status = status;
    this.cause = cause;
    this.invalidParams = List.copyOf(invalidParams);
    this.retryAfter = retryAfter;
  }

  /**
   * A refusal.
   *
   * @param status HTTP status, 400 to 599
   * @param cause application error of TS 29.500 table 5.2.7.2-1 or of the contract
   * @param detail a sentence for humans; never a secret, SUPI or prompt
   */
  public static Refusal of(int status, String cause, String detail) {
    return new Refusal(status, cause, detail, List.of(), null);
  }

  /** The same refusal naming the parameters at fault. */
  public Refusal with(List<InvalidParam> params) {
    return new Refusal(status, cause, detail(), params, retryAfter);
  }

  /** The same refusal asking the caller to come back after {@code delay}. */
  public Refusal retryAfter(Duration delay) {
    return new Refusal(status, cause, detail(), invalidParams, delay);
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Application error, such as {@code MANDATORY_IE_MISSING}. */
  public String problemCause() {
    return cause;
  }

  /** Sentence for humans. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Parameters at fault, possibly none. */
  public List<InvalidParam> invalidParams() {
    return invalidParams;
  }

  /** When to try again; null when the refusal does not say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Refusals are answers, not defects: no stack trace is taken. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}

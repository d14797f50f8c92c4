package io.aipaging.sbi.oauth;

/** An access token that is not believed; the message names the rule, never the token. */
public final class TokenRejected extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean claimMissing;

  TokenRejected(String rule, boolean claimMissing) {
    super(rule);
    this.claimMissing = claimMissing;
  }

  /** Whether the only fault is an absent claim. */
  public boolean claimMissing() {
    return claimMissing;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}

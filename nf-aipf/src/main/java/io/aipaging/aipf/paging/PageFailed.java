package io.aipaging.aipf.paging;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;

/** A step of a page did not succeed; everything before it is undone. */
final class PageFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final EndReason reason;

  PageFailed(EndReason reason, String trigger) {
    super(trigger, null, false, false);
    this.reason = reason;
  }

  EndCause endCause() {
    return new EndCause(reason, String.valueOf(getMessage()));
  }
}

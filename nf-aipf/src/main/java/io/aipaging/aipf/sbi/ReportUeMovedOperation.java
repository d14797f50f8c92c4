package io.aipaging.aipf.sbi;

import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.relocation.Trigger;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.events.ReportUeMoved;

/** ReportUeMoved: a reason to move; whether anything moves is decided elsewhere. */
final class ReportUeMovedOperation {
  private final RelocationTriggers triggers;

  ReportUeMovedOperation(RelocationTriggers triggers) {
    this.triggers = triggers;
  }

  NoContent handle(ReportUeMoved request) {
    triggers.raise(
        new Trigger.UeMoved(Members.ueAddress("/ueAddress", request.ueAddress()), request.dnai()));
    return NoContent.INSTANCE;
  }
}

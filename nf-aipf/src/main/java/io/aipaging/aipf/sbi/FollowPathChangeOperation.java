package io.aipaging.aipf.sbi;

import io.aipaging.aipf.relocation.PathChanges;
import io.aipaging.aipf.relocation.Trigger;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.PathChangeAnswer;
import io.aipaging.protocol.ServiceEndpoint;

/** FollowPathChange: as far with a session as the core is with its path. */
final class FollowPathChangeOperation {
  private final PathChanges changes;

  FollowPathChangeOperation(PathChanges changes) {
    this.changes = changes;
  }

  PathChangeAnswer handle(Call call, FollowPathChange request) {
    Trigger.UeMoved moved =
        new Trigger.UeMoved(Members.ueAddress("/ueAddress", request.ueAddress()), request.dnai());
    ServiceEndpoint service = Members.service("/service", request.service());
    PathChanges.Answer answer =
        switch (request.stage()) {
          case "EARLY" -> changes.early(moved, service, call.deadline());
          case "LATE" -> changes.late(moved, service);
          default -> throw Refusals.mandatoryMember("/stage", "must be EARLY or LATE");
        };
    return new PathChangeAnswer(answer.readiness().name(), answer.cause());
  }
}

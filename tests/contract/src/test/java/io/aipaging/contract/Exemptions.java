package io.aipaging.contract;

import io.aipaging.openapi.Operation;
import java.util.EnumSet;
import java.util.Set;

/** Which of the requirements make no sense for an operation. */
final class Exemptions {
  /** They make something, list everything or are about the producer itself. */
  private static final Set<String> ABOUT_NO_RESOURCE =
      Set.of(
          "CreateSession",
          "ListSessions",
          "RevokeSessions",
          "ListAnchors",
          "GetKeys",
          "ReportUeMoved",
          "FollowPathChange",
          "CreateQosBinding",
          "ListQosBindings",
          "ApplyCommits",
          "ListGrants",
          "ProbeCommit",
          "CreateHold",
          "GetStatus",
          "ListLeases",
          "SetDrain",
          "CreateAiSession",
          "ListAiSessions");

  private Exemptions() {}

  /** What an operation must be tested for. */
  static Set<Requirement> required(Operation<?, ?> operation) {
    ApiFile file = ApiFile.of(operation.api());
    Set<Requirement> required = EnumSet.allOf(Requirement.class);
    if (ABOUT_NO_RESOURCE.contains(operation.operationId())) {
      required.remove(Requirement.UNKNOWN_RESOURCE);
    }
    if (!operation.hasBody()) {
      required.remove(Requirement.MALFORMED_BODY);
    }
    boolean membersRequired =
        file.resolved(file.bodySchema(operation)).path("required").size() > 0
            || file.parameters(operation).stream()
                .anyMatch(
                    p -> p.path("in").asText().equals("query") && p.path("required").asBoolean());
    if (!membersRequired) {
      required.remove(Requirement.MISSING_MEMBER);
    }
    return required;
  }
}

package io.aipaging.openapi.steering;

import java.util.List;

/** One entry per COMMIT of the request, in its order. */
public record AppliedCommits(List<AppliedCommit> applied) {}

package io.aipaging.openapi.steering;

import java.util.List;

/**
 * COMMITs to carry out in one step, all or none. A relocation sends {@code serve} of the new lease
 * and {@code drain} of the old one together.
 *
 * @param commits JWS compact serializations, 1 to 16, of one session
 */
public record ApplyCommits(List<String> commits) {}

package io.aipaging.contract;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that must be refused, and how.
 *
 * @param requirement what it tests
 * @param name what is wrong with it
 * @param request what is sent
 * @param status expected status
 * @param causes acceptable causes
 * @param param the entry {@code invalidParams} must have; null when none is asked for
 */
record BadRequest(
    Requirement requirement,
    String name,
    WireRequest request,
    int status,
    Set<String> causes,
    @Nullable String param) {
  static BadRequest of(
      Requirement requirement, String name, WireRequest request, int status, String cause) {
    return new BadRequest(requirement, name, request, status, Set.of(cause), null);
  }

  BadRequest naming(String expectedParam) {
    return new BadRequest(requirement, name, request, status, causes, expectedParam);
  }

  @Override
  public String toString() {
    return requirement + ": " + name;
  }
}

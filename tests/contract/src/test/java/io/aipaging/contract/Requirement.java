package io.aipaging.contract;

/** What every operation must have a test for. */
enum Requirement {
  NO_TOKEN,
  WRONG_AUDIENCE,
  WRONG_SCOPE,
  MALFORMED_BODY,
  MISSING_MEMBER,
  OUT_OF_RANGE,
  UNKNOWN_RESOURCE,
  REPEATED_KEY,
  DEADLINE_PAST
}

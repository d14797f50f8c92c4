package io.aipaging.simulators.pcf;

/** What a consumer can do to an app session. */
enum Operation {
  CREATE,
  READ,
  UPDATE,
  DELETE
}

package io.aipaging.aipf.lease.rocksdb;

import java.nio.charset.StandardCharsets;

/** What is kept apart in the database; keys are {@link Keys}'. */
enum Family {
  /** How many sessions there are and how often the store was opened. */
  META("default"),
  /** Session id to {@link Row}. */
  SESSIONS("sessions"),
  /** Session id and number to an evidence record in canonical form. */
  EVIDENCE("evidence"),
  /** End and session id of every session. */
  BY_END("by-end"),
  /** State and session id of every session. */
  BY_STATE("by-state"),
  /** Anchor and session id for every live lease. */
  BY_ANCHOR("by-anchor"),
  /** UE and session id of every session. */
  BY_UE("by-ue"),
  /** Application function and session id. */
  BY_AF("by-af"),
  /** AI service and session id of every session. */
  BY_AISI("by-aisi"),
  /** Flow to the id of the live session that has it. */
  FLOWS("flows"),
  /** Consumer and idempotency key to a session id. */
  IDEMPOTENCY("idempotency"),
  /** Time and session id of every session that is over. */
  TERMINAL("terminal"),
  /** Time and session id of rows that are gone and left evidence. */
  FORGOTTEN("forgotten");

  private final String label;

  Family(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }

  /** Its name in the database. */
  byte[] label() {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}

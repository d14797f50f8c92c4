package io.aipaging.aipf.lease.rocksdb;

/** What to do about a store that is not as it should be. */
final class Advice {
  /** Ends the message about something damaged. */
  static final String CHECK =
      "; stop the AIPF and run 'aipaging store check' to see what is damaged";

  /** Ends the message about a store that must not be opened. */
  static final String RESTORE =
      "; nothing was changed. Run 'aipaging store check' to see what is damaged, then restore a"
          + " copy, or move the folder away and import what 'aipaging store export' can still read";

  private Advice() {}
}

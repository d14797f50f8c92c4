package io.aipaging.aipf.catalog;

/** Whether a session of a service may move to another anchor. */
public enum Mobility {
  /** It moves, and the new path works before the old one goes. */
  MAKE_BEFORE_BREAK,
  /** It stays where it started. */
  NONE
}

package io.aipaging.aipf.paging;

/** Somebody else moved the session of a page: the row decides from here on. */
final class PageOvertaken extends Exception {
  private static final long serialVersionUID = 1L;

  PageOvertaken() {
    super("overtaken", null, false, false);
  }
}

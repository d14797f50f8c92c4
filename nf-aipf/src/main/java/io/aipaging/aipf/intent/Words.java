package io.aipaging.aipf.intent;

/** Pieces of the rules' patterns. */
final class Words {
  /** "at most" and what else bounds from above. */
  static final String AT_MOST =
      "(?<!\\p{L})(?:at most|(?:no|not) more than|(?:less|fewer|lower|cheaper|faster) than"
          + "|under|below|up to|max(?:imum|\\.)?(?: of)?|<=?)";

  /** A number that is not a piece of a longer one. */
  static final String NUMBER = "(?<![\\d.,])\\d{1,9}(?:\\.\\d{1,6})?(?!\\d|[.,]\\d)";

  private Words() {}
}

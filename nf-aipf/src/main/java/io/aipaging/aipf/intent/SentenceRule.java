package io.aipaging.aipf.intent;

/** One kind of thing a sentence can say about how a service must be. */
interface SentenceRule {
  /** Cuts what it understands out of the draft and notes it there. */
  void apply(Draft draft);
}

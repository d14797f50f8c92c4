package io.aipaging.aipf.intent;

/** Port to a model that turns sentences into vectors whose angle tells how alike they mean. */
@FunctionalInterface
public interface SentenceEmbedder {
  /**
   * Embeds one sentence; blocks for as long as the model computes. Callable from any thread.
   *
   * @param sentence not blank, at most 1000 characters; never kept, never logged
   * @return a vector that is not zero, of the same length for every sentence
   */
  float[] embed(String sentence);
}

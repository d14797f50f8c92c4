package io.aipaging.lab.model;

import java.util.List;

/** Turns text into vectors. Calls block and use the caller's CPU; they may run in parallel. */
public interface Embedder {
  /** Length of every vector. */
  int dimensions();

  /** One vector per text, in order. */
  Embeddings embed(List<String> texts);

  /**
   * What came out.
   *
   * @param vectors one per text, each of {@link #dimensions()} components
   * @param tokens tokens read over all texts
   */
  record Embeddings(List<float[]> vectors, int tokens) {
    public Embeddings {
      vectors = List.copyOf(vectors);
    }
  }
}

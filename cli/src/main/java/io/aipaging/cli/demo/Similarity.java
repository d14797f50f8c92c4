package io.aipaging.cli.demo;

/** Cosine similarity. */
final class Similarity {
  private Similarity() {}

  /** Cosine of two vectors of one length, -1 to 1. */
  static double cosine(double[] a, double[] b) {
    double dot = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      squaresA += a[i] * a[i];
      squaresB += b[i] * b[i];
    }
    return dot / Math.sqrt(squaresA * squaresB);
  }
}

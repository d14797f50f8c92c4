package io.aipaging.aipf.intent;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Catalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a sentence with the catalogue's phrases, which are embedded once. How alike a sentence
 * and a service are is the largest cosine between the sentence and one of the service's phrases.
 */
final class ServiceMatcher {
  private final SentenceEmbedder embedder;
  private final Map<AiService, List<float[]>> services = new HashMap<>();
  private final List<float[]> notOffered;

  ServiceMatcher(Catalog catalog, SentenceEmbedder embedder) {
    this.embedder = embedder;
    Map<String, float[]> known = new HashMap<>();
    for (AiService service : catalog.services()) {
      services.put(service, unitsOf(service.phrases(), known));
    }
    notOffered = unitsOf(catalog.notOffered(), known);
  }

  private List<float[]> unitsOf(List<String> phrases, Map<String, float[]> known) {
    return phrases.stream().map(p -> known.computeIfAbsent(p, this::unitOf)).toList();
  }

  SentenceMatch match(String sentence) {
    float[] unit = unitOf(sentence);
    Map<AiService, Double> similarities = new HashMap<>();
    services.forEach((service, phrases) -> similarities.put(service, closest(unit, phrases)));
    return new SentenceMatch(similarities, closest(unit, notOffered));
  }

  private float[] unitOf(String sentence) {
    float[] vector = embedder.embed(sentence);
    double length = Math.sqrt(dot(vector, vector));
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  private static double closest(float[] unit, List<float[]> phrases) {
    double best = phrases.stream().mapToDouble(phrase -> dot(unit, phrase)).max().orElse(0);
    return Math.clamp(best, 0, 1);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}

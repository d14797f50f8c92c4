package io.aipaging.aipf.intent;

import io.aipaging.aipf.catalog.AiService;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How alike a sentence is to what the catalogue knows, each 0 to 1.
 *
 * @param similarities to each service
 * @param notOffered to the nearest phrase for something nobody offers
 */
record SentenceMatch(Map<AiService, Double> similarities, double notOffered) {
  /** Like nothing. */
  static final SentenceMatch NOTHING = new SentenceMatch(Map.of(), 0);

  SentenceMatch {
    similarities = Map.copyOf(similarities);
  }

  double of(AiService service) {
    return similarities.getOrDefault(service, 0.0);
  }

  /** Similarity to the nearest service. */
  double best() {
    return similarities.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /** Services nearest first. */
  List<AiService> nearest() {
    return similarities.keySet().stream()
        .sorted(
            Comparator.comparingDouble(this::of)
                .reversed()
                .thenComparing(service -> service.aisi().toString()))
        .toList();
  }

  /** The nearest service of each task, nearest first. */
  List<AiService> nearestPerTask() {
    Map<String, AiService> tasks = new LinkedHashMap<>();
    nearest().forEach(service -> tasks.putIfAbsent(service.task(), service));
    return List.copyOf(tasks.values());
  }
}

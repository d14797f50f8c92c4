package io.aipaging.aipf.selection;

/**
 * How much each part of an anchor's cost counts; together 1. Each part is between 0 and 1 and looks
 * at one anchor only, so leaving one out never changes the order of the others:
 *
 * <ul>
 *   <li>latency: predicted latency over the profile's time to first token
 *   <li>load: share of slots in use
 *   <li>price: price over the profile's cap; without a cap {@code price / (price + 1)}
 * </ul>
 *
 * @param latency weight of the latency
 * @param load weight of the load
 * @param price weight of the price
 */
public record CostWeights(double latency, double load, double price) {
  /**
   * Latency first, since it is what the user feels; load next, since it is the latency to come;
   * price breaks what is left.
   */
  public static final CostWeights DEFAULT = new CostWeights(0.5, 0.3, 0.2);

  private static final double SUM_TOLERANCE = 1e-9;

  public CostWeights {
    if (!(latency >= 0 && load >= 0 && price >= 0)
        || !(Math.abs(latency + load + price - 1) < SUM_TOLERANCE)) {
      throw new IllegalArgumentException("weights must be 0 or more and together 1");
    }
  }
}

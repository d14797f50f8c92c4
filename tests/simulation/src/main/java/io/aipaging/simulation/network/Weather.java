package io.aipaging.simulation.network;

/**
 * How bad the network is.
 *
 * @param lost probability that a message is lost
 * @param slow probability that a message takes up to a few seconds
 * @param repeated probability that a repeatable request arrives twice
 */
public record Weather(double lost, double slow, double repeated) {
  /** Nothing is lost; delays are short. */
  public static final Weather FINE = new Weather(0, 0, 0);
}

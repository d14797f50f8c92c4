package io.aipaging.simulation.run;

import io.aipaging.simulation.observer.Violation;

/**
 * A history that must not be.
 *
 * @param seed runs it again
 * @param violation its first violation
 */
public record Finding(long seed, Violation violation) {}

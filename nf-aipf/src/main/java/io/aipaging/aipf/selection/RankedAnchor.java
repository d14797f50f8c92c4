package io.aipaging.aipf.selection;

import io.aipaging.aipf.catalog.Anchor;

/**
 * An anchor that may serve.
 *
 * @param anchor anchor
 * @param cost what {@link CostWeights} make of it, 0 (best) to 1
 */
public record RankedAnchor(Anchor anchor, double cost) {}

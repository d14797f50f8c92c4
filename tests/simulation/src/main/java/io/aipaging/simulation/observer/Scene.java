package io.aipaging.simulation.observer;

import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.core.Core;
import io.aipaging.simulation.gate.Gate;
import java.util.List;

/**
 * What there is to see.
 *
 * @param gates every gate
 * @param anchors every anchor
 * @param core QoS
 */
public record Scene(List<Gate> gates, List<Anchorage> anchors, Core core) {}

package io.aipaging.simulation.observer;

import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.core.Core;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.gate.Gate;
import java.util.List;

/**
 * What there is to see.
 *
 * @param gates every gate
 * @param anchors every anchor
 * @param replicas nodes of the AIPF's replicas
 * @param core QoS
 */
public record Scene(List<Gate> gates, List<Anchorage> anchors, List<Node> replicas, Core core) {}

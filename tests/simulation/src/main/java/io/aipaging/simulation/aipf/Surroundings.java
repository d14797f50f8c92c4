package io.aipaging.simulation.aipf;

import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.intent.IntentResolver;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.protocol.TokenSigning;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.network.Network;
import io.aipaging.simulation.store.StoreServer;
import io.aipaging.simulation.variant.Variant;
import java.time.Duration;
import java.util.Map;

/**
 * What replicas work in.
 *
 * @param catalog services and anchors
 * @param intents resolves intents
 * @param terms the times leases live by
 * @param ids of everything
 * @param signing the Set's keys
 * @param store shared by all
 * @param alone whether there is one replica only
 * @param anchors nodes of the anchors' agents, by anchor id
 * @param gates nodes of the gates, by enforcer id
 * @param qos node of the QoS adapter
 * @param watchEvery how often anchors are asked for their health
 */
public record Surroundings(
    Timeline timeline,
    Network network,
    Catalog catalog,
    IntentResolver intents,
    LeaseTerms terms,
    Ids ids,
    TokenSigning signing,
    StoreServer store,
    boolean alone,
    Map<String, Node> anchors,
    Map<String, Node> gates,
    Node qos,
    Duration watchEvery,
    Variant variant) {
  /** Id of the AIPF Set. */
  public static final String SET = "aipf-set";
}

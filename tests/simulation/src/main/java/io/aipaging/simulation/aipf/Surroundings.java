package io.aipaging.simulation.aipf;

import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.intent.IntentResolver;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.reconcile.ReconcileObserver;
import io.aipaging.protocol.TokenSigning;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.network.Network;
import io.aipaging.simulation.store.StoreServer;
import io.aipaging.simulation.variant.Variant;
import java.util.Map;

/**
 * What replicas work in.
 *
 * @param catalog services and anchors
 * @param intents resolves intents
 * @param config times and bounds
 * @param ids of everything
 * @param signing the Set's keys
 * @param store shared by all
 * @param alone whether there is one replica only
 * @param anchors nodes of the anchors' agents, by anchor id
 * @param gates nodes of the gates, by enforcer id
 * @param qos node of the QoS adapter
 * @param reconciled told what reconciling did
 */
public record Surroundings(
    Timeline timeline,
    Network network,
    Catalog catalog,
    IntentResolver intents,
    AipfConfig config,
    Ids ids,
    TokenSigning signing,
    StoreServer store,
    boolean alone,
    Map<String, Node> anchors,
    Map<String, Node> gates,
    Node qos,
    ReconcileObserver reconciled,
    Variant variant) {
  /** Id of the AIPF Set. */
  public static final String SET = "aipf-set";
}

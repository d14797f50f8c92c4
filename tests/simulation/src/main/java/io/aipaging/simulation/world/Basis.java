package io.aipaging.simulation.world;

import io.aipaging.aexf.admission.AdmissionService;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.reconcile.ReconcileObserver;
import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Effects;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.engine.Trace;
import io.aipaging.simulation.gate.Believers;
import io.aipaging.simulation.network.Network;
import io.aipaging.simulation.observer.Enforcers;
import io.aipaging.simulation.signing.HashSigning;
import java.util.function.BiConsumer;

/**
 * What a world stands on.
 *
 * @param chance for whatever has no randomness of its own
 * @param signing the Set's keys
 * @param believers what enforcers believe
 * @param enforcers notes what enforcers answer
 * @param durable told of every transition at the instant it is durable, and whose it is
 * @param openings told of every new life of an anchor's agent
 * @param reconciled told what reconciling did
 */
record Basis(
    Timeline timeline,
    Trace trace,
    Effects effects,
    Network network,
    Chance chance,
    HashSigning signing,
    Believers believers,
    Enforcers enforcers,
    BiConsumer<Life, Transition> durable,
    BiConsumer<Anchorage, AdmissionService> openings,
    ReconcileObserver reconciled) {}

package io.aipaging.aipf;

import io.aipaging.aipf.enforcement.AnchorDirectory;
import io.aipaging.aipf.enforcement.GateDirectory;
import io.aipaging.aipf.intent.SentenceEmbedder;
import io.aipaging.aipf.paging.StageObserver;
import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeHashKey;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a host process gives an AIPF instead of what its configuration names; null members are taken
 * from the configuration.
 *
 * @param qos the PCF adapter in this process
 * @param gates the N6 gates in this process
 * @param anchors the anchors' agents in this process
 * @param signingKeys the Set's keys
 * @param ueHashKey the key of {@code cnf.ueh}
 * @param embedder the sentence model; loading it takes a while and some memory
 * @param stages told the stages of each page, besides the metrics
 * @param steady steady time, ns; null is the time since the machine started
 * @param alarms what wakes the keeper of sessions; null is the wheel
 * @param environment variables the catalogue may name
 * @param clock wall clock
 */
public record AipfWiring(
    @Nullable NpcfadapterQosbinding qos,
    @Nullable GateDirectory gates,
    @Nullable AnchorDirectory anchors,
    @Nullable SigningKeys signingKeys,
    @Nullable UeHashKey ueHashKey,
    @Nullable SentenceEmbedder embedder,
    @Nullable StageObserver stages,
    @Nullable LongSupplier steady,
    Alarm.@Nullable Factory alarms,
    Map<String, String> environment,
    InstantSource clock) {
  public AipfWiring {
    environment = Map.copyOf(environment);
  }

  /** Everything from the configuration. */
  public static AipfWiring remote() {
    return new AipfWiring(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        System.getenv(),
        InstantSource.system());
  }

  /** Peers in this process, everything else from the configuration. */
  public static AipfWiring peers(
      NpcfadapterQosbinding qos, GateDirectory gates, AnchorDirectory anchors) {
    return new AipfWiring(
        qos,
        gates,
        anchors,
        null,
        null,
        null,
        null,
        null,
        null,
        System.getenv(),
        InstantSource.system());
  }

  /** The same with these keys. */
  public AipfWiring with(SigningKeys signing, UeHashKey ueHash) {
    return new AipfWiring(
        qos, gates, anchors, signing, ueHash, embedder, stages, steady, alarms, environment, clock);
  }

  /** The same with this sentence model. */
  public AipfWiring with(SentenceEmbedder model) {
    return new AipfWiring(
        qos,
        gates,
        anchors,
        signingKeys,
        ueHashKey,
        model,
        stages,
        steady,
        alarms,
        environment,
        clock);
  }

  /** The same, telling {@code observer} the stages. */
  public AipfWiring with(StageObserver observer) {
    return new AipfWiring(
        qos,
        gates,
        anchors,
        signingKeys,
        ueHashKey,
        embedder,
        observer,
        steady,
        alarms,
        environment,
        clock);
  }

  /** The same with these variables in the catalogue instead of the process's own. */
  public AipfWiring with(Map<String, String> variables) {
    return new AipfWiring(
        qos,
        gates,
        anchors,
        signingKeys,
        ueHashKey,
        embedder,
        stages,
        steady,
        alarms,
        variables,
        clock);
  }

  /** The same with these clocks and what wakes by them. */
  public AipfWiring with(InstantSource wall, LongSupplier steadyNanos, Alarm.Factory wakes) {
    return new AipfWiring(
        qos,
        gates,
        anchors,
        signingKeys,
        ueHashKey,
        embedder,
        stages,
        steadyNanos,
        wakes,
        environment,
        wall);
  }
}

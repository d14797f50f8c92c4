package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.CommitVerifier;

/**
 * What the steering service works with.
 *
 * @param verifier believes COMMITs for this enforcer
 * @param driver carries packets
 * @param journal remembers fences; its lock makes this the gate's only process
 * @param probe speaks with anchor agents
 * @param observer told of refusals and failures
 */
public record SteeringPorts(
    CommitVerifier verifier,
    SteeringDriver driver,
    GateJournal journal,
    AnchorProbe probe,
    SteeringObserver observer) {}

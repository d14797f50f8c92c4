package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries packets by grants. A driver believes its caller, so only {@link SteeringService}, which
 * verifies COMMITs, may hold one. Every grant ends by the driver's own timer or the kernel's when
 * its time is over, whatever happens to this process or its callers. Methods block; {@link #apply}
 * is never called by two threads at once.
 */
public interface SteeringDriver extends AutoCloseable {
  /** {@code nftables} or {@code gateway}. */
  String name();

  /** Why this gate cannot carry {@code flow} to {@code anchor}; empty when it can. */
  Optional<String> objection(Flow flow, TransportAddress anchor);

  /**
   * Carries out one step, all of it or nothing.
   *
   * @throws SteeringFailed when nothing of the step is in force, or when that is uncertain
   */
  void apply(SteeringStep step) throws SteeringFailed;

  /** The grants in force now, as the enforcing machinery itself sees them. */
  Set<GrantId> live() throws SteeringFailed;

  /** Whether a grant is in force now, as the enforcing machinery itself sees it. */
  boolean isLive(GrantId grant) throws SteeringFailed;

  /**
   * Whether the enforcing machinery is as this driver left it. Cheap: asked before every step.
   * False also when that is not known, and until {@link #restore} has been called once.
   */
  boolean isUndisturbed() throws SteeringFailed;

  /**
   * Puts the machinery in order, whatever was done to it: what {@code wanted} carries is in force
   * afterwards, every other grant is ended, and what was right goes on all the while.
   *
   * @param wanted at most one step per flow, none of which ends anything
   * @throws SteeringFailed when that was not possible; then the machinery counts as disturbed
   */
  void restore(List<SteeringStep> wanted) throws SteeringFailed;

  /**
   * Opens a TCP connection from the gate itself to the service of {@code flow} that travels the way
   * {@code grant} leads.
   *
   * @param timeMax bound on connecting
   * @throws IOException when the grant is not in force or nobody answers
   */
  Socket connectThrough(Flow flow, Grant grant, Duration timeMax) throws IOException;

  /** How much was refused since the gate came up, by kind, such as {@code uplink}. */
  Map<String, Long> denied() throws SteeringFailed;

  /** Releases what the process holds; what the kernel enforces stays in force. */
  @Override
  void close();
}

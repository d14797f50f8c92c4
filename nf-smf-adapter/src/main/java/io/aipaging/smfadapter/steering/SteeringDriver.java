package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
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

  /** Ends every grant except those of {@code known}. */
  void retainOnly(Collection<GrantId> known) throws SteeringFailed;

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

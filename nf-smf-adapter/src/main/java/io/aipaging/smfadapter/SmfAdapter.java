package io.aipaging.smfadapter;

import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.sbi.process.Parts;
import java.util.OptionalInt;

/** A running adapter. */
public final class SmfAdapter implements AutoCloseable {
  private final NsmfadapterSteering steering;
  private final OptionalInt port;
  private final OptionalInt managementPort;
  private final Parts parts;

  SmfAdapter(
      NsmfadapterSteering steering, OptionalInt port, OptionalInt managementPort, Parts parts) {
    this.steering = steering;
    this.port = port;
    this.managementPort = managementPort;
    this.parts = parts;
  }

  /** The contract, in-process. */
  public NsmfadapterSteering steering() {
    return steering;
  }

  /** Port of the service-based interface; empty without listener. */
  public OptionalInt port() {
    return port;
  }

  /** Port of health and metrics; empty without management. */
  public OptionalInt managementPort() {
    return managementPort;
  }

  /** Stops; what the kernel enforces stays in force until it expires. */
  @Override
  public void close() {
    parts.close();
  }
}

package io.aipaging.cli.demo;

import io.aipaging.cli.deploy.Deployment;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the story happens in: a lab with a kernel gate, or the gateway on loopback. */
interface World extends AutoCloseable {
  /** {@code kernel-gate} or {@code gateway}. */
  String mode();

  /** Why this mode, one sentence. */
  String modeReason();

  /** Makes everything and waits until it serves. */
  void start();

  /** The UE's address in the data network. */
  String ueAddress();

  /** The service address the demo asks for. */
  ServiceAddress serviceAddress();

  /** Where the UE's code runs. */
  UeNetwork ue();

  /** Who talks to the set; only after {@link #start}. */
  Consumers consumers();

  /** The app that pages, as {@link #afId} knows it. */
  default NnefAipaging northbound() {
    return consumers().northbound();
  }

  /** The operator's view of the AIPF. */
  default NaipfPaging operator() {
    return consumers().operator();
  }

  /** The gate, to see what it carries. */
  default NsmfadapterSteering gate() {
    return consumers().gate();
  }

  /** The app's AF id. */
  default String afId() {
    return Deployment.APP;
  }

  /** Flows and packets the gate has refused so far. */
  default long refusals() {
    return consumers().refusals();
  }

  /** What the simulated core says of the adapter beside it. */
  default CoreSight core() {
    return consumers().core();
  }

  /** Starts to watch what the gate still carries towards an anchor. */
  CarriedWatch watch(String anchorId);

  /** Ends the control plane with SIGKILL; says which processes. */
  String killControlPlane();

  @Override
  void close();

  /** What was carried, by the clock of whoever saw it pass. */
  interface CarriedWatch extends AutoCloseable {
    /**
     * Stops watching.
     *
     * @param expiresAt the lease's end
     * @param stream the requests that were made meanwhile
     */
    Carried stop(Instant expiresAt, RequestStream stream);

    @Override
    void close();
  }

  /**
   * What passed the gate.
   *
   * @param packets how many were seen in all
   * @param lastRelative last one, relative to the lease's end; negative is before
   * @param afterExpiry how many came after the lease's end
   */
  record Carried(long packets, Duration lastRelative, long afterExpiry) {
    /**
     * Sums up.
     *
     * @param times when each passed, in order
     * @param earlier how many more had passed before
     */
    static Carried of(List<Instant> times, long earlier, Instant expiresAt) {
      DemoFailed.unless(!times.isEmpty(), "nothing was carried");
      return new Carried(
          times.size() + earlier,
          Duration.between(expiresAt, times.getLast()),
          times.stream().filter(time -> time.isAfter(expiresAt)).count());
    }
  }
}

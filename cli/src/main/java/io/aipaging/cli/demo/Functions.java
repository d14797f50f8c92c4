package io.aipaging.cli.demo;

import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout.AnchorSpot;
import io.aipaging.cli.process.ChildProcess;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.core.CoreProfiles.Core;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A set with every function in a process of its own. */
final class Functions implements AutoCloseable {
  private static final Duration START_TIME = Duration.ofSeconds(40);

  private final Deployment deployment;
  private final Path folder;
  private final Path catalog;
  private final Core core;
  private final List<ChildProcess> all = new ArrayList<>();
  private final List<ChildProcess> controlPlane = new ArrayList<>();
  private boolean closed;

  /**
   * A set that is not started yet.
   *
   * @param folder where configurations and logs go
   * @param core which simulated core it stands beside
   */
  Functions(Deployment deployment, Path folder, Path catalog, Core core) {
    this.core = core;
    this.deployment = deployment;
    this.folder = folder;
    this.catalog = catalog;
  }

  /** Command prefixes that enter the network of the core, the gate and each anchor. */
  record Places(List<String> core, List<String> gate, Map<String, List<String>> anchors) {
    /** Everything here. */
    static Places here() {
      return new Places(List.of(), List.of(), Map.of());
    }
  }

  /**
   * Starts everything, in no particular order, and waits until all are ready.
   *
   * @param gateDies whether the gate's process belongs to those {@link #killControlPlane} kills
   */
  void start(Places places, boolean gateDies) {
    start(places.core(), "issuer", "issuer", deployment.issuer());
    start(places.core(), "core-simulator", "core-simulator", deployment.simulation().core(core));
    controlPlane.add(
        start(
            places.core(),
            "aipf",
            "nf-aipf",
            deployment.aipf(catalog, deployment.simulation().corePeer(core))));
    controlPlane.add(start(places.core(), "nef", "nf-nef", deployment.nef()));
    controlPlane.add(
        start(
            places.core(),
            "pcf-adapter",
            "nf-pcf-adapter",
            deployment.pcfAdapter(deployment.simulation().corePeer(core))));
    ChildProcess gate =
        start(places.gate(), "smf-adapter", "nf-smf-adapter", deployment.smfAdapter());
    if (gateDies) {
      controlPlane.add(gate);
    }
    for (AnchorSpot anchor : deployment.layout().anchors()) {
      start(
          places.anchors().getOrDefault(anchor.id(), List.of()),
          "lab-anchor",
          anchor.enforcerId(),
          deployment.agent(anchor));
    }
    all.forEach(child -> child.awaitReady(START_TIME));
  }

  /** Never after {@link #close}: what is ended while it starts leaves no process behind. */
  private synchronized ChildProcess start(
      List<String> prefix, String function, String name, Record config) {
    if (closed) {
      throw new IllegalStateException("ended while starting");
    }
    Path file = folder.resolve(name + ".yaml");
    try {
      Files.writeString(file, Configuration.text(config));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> environment = new HashMap<>(deployment.catalogVariables());
    environment.putIfAbsent("AIPAGING_LOG", "INFO");
    ChildProcess child = ChildProcess.start(prefix, function, file, environment);
    all.add(child);
    return child;
  }

  /** SIGKILL to the control plane; says which. */
  String killControlPlane() {
    controlPlane.forEach(ChildProcess::kill);
    return String.join(", ", controlPlane.stream().map(ChildProcess::name).toList())
        + " killed with SIGKILL";
  }

  @Override
  public synchronized void close() {
    closed = true;
    all.reversed().forEach(ChildProcess::kill);
  }
}

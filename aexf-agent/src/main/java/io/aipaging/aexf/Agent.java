package io.aipaging.aexf;

import io.aipaging.aexf.admission.AdmissionService;
import io.aipaging.aexf.admission.Alarm;
import io.aipaging.aexf.admission.AnchorProfile;
import io.aipaging.aexf.admission.journal.FileFenceJournal;
import io.aipaging.aexf.guard.Gatekeeper;
import io.aipaging.aexf.guard.Gateways;
import io.aipaging.aexf.guard.Targets;
import io.aipaging.aexf.guard.http.GuardConfig;
import io.aipaging.aexf.guard.http.GuardServer;
import io.aipaging.aexf.guard.http.ModelBackend;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AistVerifier;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.UeHashKey;
import io.aipaging.protocol.VerificationKeys;
import io.aipaging.protocol.enforcer.BootClock;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.sbi.process.Parts;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An anchor agent at work, without a service-based interface: admission as an object and the guard
 * on its socket. {@link AgentMain} adds the interface; a process that hosts several functions calls
 * {@link #admission} directly.
 */
public final class Agent implements AutoCloseable {
  private final Parts parts;
  private final ModelBackend model;
  private final AdmissionService admission;
  private final GuardServer guard;

  private Agent(AnchorConfig config, Surroundings around, Parts parts) {
    this.parts = parts;
    FileFenceJournal journal = parts.keep(new FileFenceJournal(config.journal()));
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("aexf-alarm").factory());
    parts.keep(scheduler::shutdownNow);
    model = parts.keep(new ModelBackend(around.vertx(), config.model()));
    admission =
        new AdmissionService(
            profile(config),
            new CommitVerifier(
                around.keys(), config.aipfIssuer(), config.enforcerId(), config.skewBound()),
            new EnforcerClock(
                around.clock(), BootClock.open(), config.skewBound(), config.skewMargin()),
            new AdmissionService.Ports(journal, model, alarm(scheduler)));
    Gatekeeper keeper =
        new Gatekeeper(
            new AistVerifier(around.keys(), config.aipfIssuer(), config.skewBound()),
            admission,
            around.ueHash(),
            around.clock(),
            rules(config.guard()));
    model.check().toCompletionStage().toCompletableFuture().join();
    guard =
        parts.keep(
            GuardServer.start(
                around.vertx(),
                config.guard(),
                new GuardServer.Door(
                    config.anchorId(), keeper, admission, model, around.denied())));
    admission.watch(guard);
  }

  /**
   * What an agent is given.
   *
   * @param keys the AIPF Set's public keys
   * @param ueHash key of {@code cnf.ueh}, shared with the AIPF Set
   * @param clock wall time
   * @param vertx runs the guard; the caller closes it
   * @param denied told the code of every request the guard refuses
   */
  public record Surroundings(
      VerificationKeys keys,
      UeHashKey ueHash,
      InstantSource clock,
      Vertx vertx,
      Consumer<String> denied) {}

  /** Opens the journal, looks at the model server once and listens. */
  public static Agent start(AnchorConfig config, Surroundings around) {
    Parts parts = new Parts();
    try {
      return new Agent(config, around, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** The contract, in-process. */
  public NaexfAdmission admission() {
    return admission;
  }

  /** Leases that are live now. */
  int liveLeases() {
    return admission.liveLeases();
  }

  /** Leases that ended by their own deadline since the start. */
  long expiredLeases() {
    return admission.expiredLeases();
  }

  /** Port the guard listens on. */
  public int guardPort() {
    return guard.port();
  }

  /** Whether the model server answered its last health check. */
  public boolean healthy() {
    return model.healthy();
  }

  @Override
  public void close() {
    parts.close();
  }

  private static AnchorProfile profile(AnchorConfig config) {
    Set<Aisi> aisis = config.aisis().stream().map(Aisi::parse).collect(Collectors.toSet());
    return new AnchorProfile(config.anchorId(), config.enforcerId(), aisis, config.slots());
  }

  /** Tasks may wait for a disk; each has a thread of its own, so that none delays another. */
  private static Alarm alarm(ScheduledExecutorService scheduler) {
    return (delay, task) -> {
      var _ =
          scheduler.schedule(
              () -> Thread.ofVirtual().name("aexf-alarm-task").start(task),
              delay.toNanos(),
              TimeUnit.NANOSECONDS);
    };
  }

  private static Gatekeeper.Rules rules(GuardConfig guard) {
    return new Gatekeeper.Rules(
        new Targets(guard.paths()),
        guard.scope(),
        Gateways.of(guard.gateways()),
        Set.copyOf(guard.serviceNames()),
        guard.proofWindow());
  }
}

package io.aipaging.aexf;

import io.aipaging.aexf.guard.Denied;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.admission.AnchorStatus;
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.protocol.UeHashKey;
import io.aipaging.protocol.enforcer.PublishedKeys;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNaipfEvents;
import io.aipaging.sbi.contract.HttpNaipfKeyinfo;
import io.aipaging.sbi.logging.Audit;
import io.aipaging.sbi.logging.Logging;
import io.aipaging.sbi.management.ManagementServer;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.management.Tally;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.process.Announcement;
import io.aipaging.sbi.process.Insistence;
import io.aipaging.sbi.process.Parts;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.sbi.trace.Tracing;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An anchor agent as a process: guard, service-based interface and management port. */
public final class AgentMain implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentMain.class);
  private static final int SECRET_BYTES_MAX = 4_096;

  private final Parts parts;
  private final InstantSource clock;
  private final Agent agent;
  private final SbiServer sbi;
  private final ManagementServer management;

  private AgentMain(AgentConfig config, InstantSource clock, Parts parts) {
    Logging.apply(config.logging());
    this.parts = parts;
    this.clock = clock;
    Vertx vertx = SbiVertx.create();
    parts.keep(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    Metrics metrics = parts.keep(Metrics.ofProcess());
    ClientCredentials tokens = parts.keep(config.token().open(vertx));
    SbiClient aipf = parts.keep(SbiClient.create(config.aipf(), tokens));
    agent = parts.keep(Agent.start(config.anchor(), around(config, aipf, vertx, metrics)));
    gauges(metrics);
    sbi = parts.keep(sbi(config, vertx, metrics));
    management =
        parts.keep(
            ManagementServer.start(
                config.management(), metrics, Map.of("model", agent::healthy), vertx));
    announce(config.anchor(), new HttpNaipfEvents(aipf));
  }

  private void announce(AnchorConfig anchor, NaipfEvents aipf) {
    AnnounceEnforcer started =
        new AnnounceEnforcer(anchor.enforcerId(), "ANCHOR", UUID.randomUUID().toString());
    parts.aside("aexf-announce", new Announcement(aipf, started, clock, Insistence.PATIENT));
  }

  /** Starts everything. */
  public static AgentMain start(AgentConfig config, InstantSource clock) {
    Parts parts = new Parts();
    try {
      return new AgentMain(config, clock, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** The agent, for in-process use. */
  public Agent agent() {
    return agent;
  }

  /** Port of the service-based interface. */
  public int sbiPort() {
    return sbi.port();
  }

  /** Everything mounted on the service-based interface. */
  public List<Route> routes() {
    return sbi.routes();
  }

  /** Port of health and metrics. */
  public int managementPort() {
    return management.port();
  }

  @Override
  public void close() {
    parts.close();
  }

  private Agent.Surroundings around(
      AgentConfig config, SbiClient aipf, Vertx vertx, Metrics metrics) {
    HttpNaipfKeyinfo keyinfo = new HttpNaipfKeyinfo(aipf);
    String consumer = config.anchor().enforcerId();
    PublishedKeys keys =
        new PublishedKeys(
            () -> {
              Call call = Call.within(consumer, clock.instant(), PublishedKeys.FETCH_TIME_MAX);
              return keyinfo.getKeys(call, new GetKeys()).keys();
            },
            System::nanoTime);
    parts.regularly("aexf-keys", PublishedKeys.REFRESH_EVERY, keys::refresh);
    return new Agent.Surroundings(
        keys, new UeHashKey(secret(config.ueHashKeyFile())), clock, vertx, denied(metrics));
  }

  /** Counts what the guard refuses; what was refused for its credentials is audited, too. */
  private static Consumer<String> denied(Metrics metrics) {
    Tally tally = new Tally(metrics, "aexf.guard.denied", "code", Denied.CODES);
    Audit audit = new Audit(System::nanoTime);
    return code -> {
      tally.count(code);
      if (Denied.OF_CREDENTIALS.contains(code)) {
        audit.note(Audit.Event.TOKEN_REJECTED, Map.of("operation", "guard", "cause", code));
      }
    };
  }

  private SbiServer sbi(AgentConfig config, Vertx vertx, Metrics metrics) {
    TokenPolicy policy = config.oauth().policy(vertx, key -> parts.keep(key::run));
    Tracing tracing = Tracing.open(config.tracing(), "aexf-agent");
    if (tracing != null) {
      var _ = parts.keep(tracing);
    }
    SbiServer.Builder builder =
        SbiServer.builder(config.listener(), policy, clock)
            .vertx(vertx)
            .metrics(metrics)
            .tracing(tracing);
    return ContractBindings.bind(builder, new MeasuredAdmission(agent.admission(), metrics))
        .start();
  }

  private void gauges(Metrics metrics) {
    metrics.gauge("aexf.leases", () -> agent.liveLeases());
    metrics.counted("aexf.leases.expired", agent::expiredLeases);
    metrics.gauge("aexf.slots.capacity", () -> status().slotsTotal());
    metrics.gauge("aexf.slots.held", () -> status().slotsHeld());
    metrics.gauge("aexf.draining", () -> status().draining() ? 1 : 0);
    metrics.gauge("aexf.requests.inflight", () -> status().requestsInFlight());
  }

  private AnchorStatus status() {
    Call call = Call.within("metrics", clock.instant(), Duration.ofSeconds(1));
    return agent.admission().getStatus(call, new GetStatus());
  }

  private static byte[] secret(Path file) {
    try {
      if (Files.size(file) > SECRET_BYTES_MAX) {
        throw new IllegalStateException(file + " is too long for a secret");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs until the process is ended.
   *
   * @param arguments the configuration file
   */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: AgentMain <configuration.yaml>");
    }
    AgentConfig config =
        Configuration.load(
            AgentConfig.class, Path.of(arguments[0]), System.getenv(), "AIPAGING_AEXF");
    AgentMain running = start(config, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(running::close));
    LOG.atInfo()
        .addKeyValue("anchorId", config.anchor().anchorId())
        .addKeyValue("guardPort", running.agent().guardPort())
        .addKeyValue("sbiPort", running.sbiPort())
        .log("anchor agent runs");
    new CountDownLatch(1).await();
  }
}

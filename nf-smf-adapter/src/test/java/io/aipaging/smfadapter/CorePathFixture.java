package io.aipaging.smfadapter;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.PathChangeAnswer;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.events.ReportUeMoved;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.process.Parts;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.simulators.CoreSimulator;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.core.RunningCore;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A simulated core, and a gate that does what it is told. */
abstract class CorePathFixture {
  static final String UE = "10.45.0.2";
  static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  final List<ReportUeMoved> moves = new CopyOnWriteArrayList<>();
  final List<FollowPathChange> followed = new CopyOnWriteArrayList<>();
  volatile String no = "";
  volatile String answer = "";
  CorePathConfig.Driver how = CorePathConfig.Driver.UDR_INFLUENCE;
  final Metrics metrics = Metrics.empty();
  Vertx vertx = SbiVertx.create(1);
  Parts parts = new Parts();
  RunningCore core;
  SteeringDriver driver;

  void start(Flavor flavor, boolean oauth2) throws SteeringFailed {
    start(flavor, CoreSimulatorConfig.of(flavor, oauth2));
  }

  void start(Flavor flavor, CoreSimulatorConfig config) throws SteeringFailed {
    core = CoreSimulator.start(config);
    drive(flavor);
    driver.restore(List.of());
  }

  void drive(Flavor flavor) {
    CorePathConfig config =
        new CorePathConfig(
            Core.valueOf(flavor.name()),
            how,
            NrfConfig.cleartext(core.nrfUri(), "127.0.0.1"),
            new CorePathConfig.Callback(ListenerConfig.cleartext("127.0.0.1", 0), null),
            null,
            "MEC1",
            Duration.ZERO,
            List.of(),
            Duration.ofMillis(500),
            folder.resolve("paths.journal"));
    driver =
        new SmfAdapterCorePath(
                config,
                "gate-1",
                InstantSource.system(),
                new SmfAdapterCorePath.Surroundings(parts, vertx, metrics, new Aipf()))
            .following(gate());
  }

  @AfterEach
  void close() {
    parts.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    core.close();
  }

  /** A gate that does what it is told. */
  static SteeringDriver gate() {
    return (SteeringDriver)
        Proxy.newProxyInstance(
            CorePathIT.class.getClassLoader(),
            new Class<?>[] {SteeringDriver.class},
            (_, method, _) -> method.getName().equals("name") ? "gate" : null);
  }

  static SteeringStep serving(String dnai, Duration time) {
    Flow flow = new Flow(UeAddress.parse(UE), ServiceEndpoint.of("203.0.113.10", "TCP", 8000));
    Grant grant =
        new Grant(
            new GrantId(1), TransportAddress.parse("10.60.1.2:8443"), QosGrant.NONE, dnai, null);
    return new SteeringStep(flow, List.of(new SteeringStep.Carried(grant, time, true)), List.of());
  }

  static SteeringStep ending() {
    SteeringStep served = serving("edge-a", LONG);
    return new SteeringStep(served.flow(), List.of(), List.of(served.carried().getFirst().grant()));
  }

  double outcomes(String outcome) {
    return metrics.counter("smfadapter.core.path", "outcome", outcome).count();
  }

  boolean leavesAt(String dnai) {
    return core.userPlanePaths().containsValue(dnai);
  }

  static void eventually(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never happened: " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  double acks(String status) {
    return metrics.counter("smfadapter.core.acks", "status", status).count();
  }

  private final class Aipf implements NaipfEvents {
    @Override
    public PathChangeAnswer followPathChange(Call call, FollowPathChange request) {
      followed.add(request);
      if (!request.stage().equals(no)) {
        return new PathChangeAnswer("READY", null);
      }
      if (answer.equals("AWAY")) {
        throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "by the test");
      }
      return new PathChangeAnswer(answer, "BY_THE_TEST");
    }

    @Override
    public NoContent reportQosBinding(Call call, ReportQosBinding request) {
      throw new AssertionError("not asked");
    }

    @Override
    public NoContent announceEnforcer(Call call, AnnounceEnforcer request) {
      throw new AssertionError("not asked");
    }

    @Override
    public NoContent reportUeMoved(Call call, ReportUeMoved request) {
      moves.add(request);
      return NoContent.INSTANCE;
    }
  }
}

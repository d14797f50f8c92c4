package io.aipaging.smfadapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
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
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
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
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The path of a simulated core follows a gate. */
class CorePathIT {
  private static final String UE = "10.45.0.2";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<ReportUeMoved> moves = new CopyOnWriteArrayList<>();
  private final List<FollowPathChange> followed = new CopyOnWriteArrayList<>();
  private volatile String no = "";
  private volatile String answer = "";
  private CorePathConfig.Driver how = CorePathConfig.Driver.UDR_INFLUENCE;
  private final Metrics metrics = Metrics.empty();
  private Vertx vertx = SbiVertx.create(1);
  private Parts parts = new Parts();
  private RunningCore core;
  private SteeringDriver driver;

  private void start(Flavor flavor, boolean oauth2) throws SteeringFailed {
    start(flavor, CoreSimulatorConfig.of(flavor, oauth2));
  }

  private void start(Flavor flavor, CoreSimulatorConfig config) throws SteeringFailed {
    core = CoreSimulator.start(config);
    drive(flavor);
    driver.restore(List.of());
  }

  private void drive(Flavor flavor) {
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
  private static SteeringDriver gate() {
    return (SteeringDriver)
        Proxy.newProxyInstance(
            CorePathIT.class.getClassLoader(),
            new Class<?>[] {SteeringDriver.class},
            (_, method, _) -> method.getName().equals("name") ? "gate" : null);
  }

  private static SteeringStep serving(String dnai, Duration time) {
    Flow flow = new Flow(UeAddress.parse(UE), ServiceEndpoint.of("203.0.113.10", "TCP", 8000));
    Grant grant =
        new Grant(
            new GrantId(1), TransportAddress.parse("10.60.1.2:8443"), QosGrant.NONE, dnai, null);
    return new SteeringStep(flow, List.of(new SteeringStep.Carried(grant, time, true)), List.of());
  }

  private static SteeringStep ending() {
    SteeringStep served = serving("edge-a", LONG);
    return new SteeringStep(served.flow(), List.of(), List.of(served.carried().getFirst().grant()));
  }

  private double outcomes(String outcome) {
    return metrics.counter("smfadapter.core.path", "outcome", outcome).count();
  }

  private boolean leavesAt(String dnai) {
    return core.userPlanePaths().containsValue(dnai);
  }

  private static void eventually(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never happened: " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"REL18, false", "REL18, true", "FREE5GC, false"})
  void thePathIsMadeMovedAndGivenUp(Flavor flavor, boolean oauth2) throws Exception {
    start(flavor, oauth2);
    driver.apply(serving("edge-a", LONG));
    eventually("at edge-a", () -> leavesAt("edge-a"));
    eventually("told", () -> outcomes("STEERED") == 1);
    driver.apply(serving("edge-b", LONG));
    eventually("at edge-b", () -> leavesAt("edge-b"));
    eventually("told", () -> outcomes("STEERED") == 2);
    assertThat(core.influenceData()).hasSize(1);
    driver.apply(ending());
    eventually("given up", () -> core.influenceData().isEmpty());
    eventually("the usual path", () -> core.userPlanePaths().isEmpty());
    assertThat(core.influenceFaults() == null ? List.of() : core.influenceFaults()).isEmpty();
    assertThat(moves).isEmpty();
  }

  /** What a next version mends must not break what got used to it. */
  @ParameterizedTest
  @EnumSource(names = {"F_42", "F_45", "F_46", "F_47"})
  void aCoreWithoutOneOfItsHabitsIsSurvived(Quirk quirk) throws Exception {
    CoreSimulatorConfig all = CoreSimulatorConfig.of(Flavor.FREE5GC, quirk == Quirk.F_42);
    start(Flavor.FREE5GC, all.without(Set.of(quirk)));
    driver.apply(serving("edge-a", LONG));
    eventually("at edge-a", () -> leavesAt("edge-a"));
    eventually("told", () -> outcomes("STEERED") == 1);
    core.moveUserPlane(UE, "edge-c");
    eventually("at edge-c", () -> leavesAt("edge-c"));
    driver.apply(ending());
    eventually("the usual path", () -> core.userPlanePaths().isEmpty());
  }

  @Test
  void aLeaseThatRunsOutTakesThePathAlong() throws Exception {
    start(Flavor.FREE5GC, false);
    driver.apply(serving("edge-a", Duration.ofSeconds(1)));
    eventually("at edge-a", () -> leavesAt("edge-a"));
    eventually("given up", () -> core.influenceData().isEmpty());
  }

  /** F-42, F-44: accepted, and nothing happens; then nothing is left at the core. */
  @ParameterizedTest
  @CsvSource({"true, edge-a", "false, nowhere"})
  void aCoreThatDoesNotSteerIsLeftToTheGate(boolean oauth2, String dnai) throws Exception {
    start(Flavor.FREE5GC, oauth2);
    driver.apply(serving(dnai, LONG));
    eventually("left", () -> outcomes("NO_NOTIFICATION") == 1);
    eventually("nothing stays", () -> core.influenceData().isEmpty());
    assertThat(core.influenceCounts()).containsEntry("PUT", 1L);
  }

  /** free5GC asks for no answer. */
  @Test
  void aUeThatTheCoreMovesIsTold() throws Exception {
    start(Flavor.FREE5GC, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    core.moveUserPlane(UE, "edge-c");
    eventually("reported", () -> !moves.isEmpty());
    assertThat(moves).contains(new ReportUeMoved(UE, "edge-c"));
    assertThat(core.pathAcks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aCoreThatWaitsForAnAnswerGetsItEarlyAndLate(boolean oauth2) throws Exception {
    start(Flavor.REL18, oauth2);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    core.moveUserPlane(UE, "edge-c");
    eventually("at edge-c", () -> leavesAt("edge-c"));
    assertThat(core.pathAcks())
        .containsExactly(
            "EARLY edge-a SUCCESS",
            "LATE edge-a SUCCESS",
            "EARLY edge-c SUCCESS",
            "LATE edge-c SUCCESS");
    ServiceAddress service = new ServiceAddress("203.0.113.10", "TCP", 8000);
    assertThat(followed)
        .containsExactly(
            new FollowPathChange(UE, service, "edge-c", "EARLY"),
            new FollowPathChange(UE, service, "edge-c", "LATE"));
    assertThat(core.pathAckFaults() == null ? List.of() : core.pathAckFaults()).isEmpty();
    assertThat(moves).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EARLY, REFUSED, RELOC_NO_ALLOWED",
    "EARLY, BUSY, TEMPORARY_CONGESTION",
    "LATE, REFUSED, RELOC_NO_ALLOWED",
    "EARLY, AWAY, TEMPORARY_CONGESTION"
  })
  void aNoKeepsThePathWhereItIs(String stage, String readiness, String status) throws Exception {
    start(Flavor.REL18, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    no = stage;
    answer = readiness;
    core.moveUserPlane(UE, "edge-c");
    String last = stage + " edge-c " + status;
    eventually(last, () -> core.pathAcks().contains(last));
    assertThat(leavesAt("edge-a")).isTrue();
    assertThat(core.pathAcks()).last().isEqualTo(last);
  }

  /** Who knows a notification's URI must not make us call wherever they like. */
  @Test
  void anAnswerGoesToAnSmfOfThisCoreOnly() throws Exception {
    start(Flavor.REL18, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    JsonNode written = core.influenceData().values().iterator().next();
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.9"))) {
      String ackUri = "http://127.0.0.9:" + stranger.getLocalPort() + "/ack";
      tell(written.path("upPathChgNotifUri").asText(), ackUri);
      eventually("not delivered", () -> acks("NOT_DELIVERED") == 1);
      stranger.setSoTimeout(200);
      assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private void tell(String uri, String ackUri) {
    URI there = URI.create(uri);
    ClientConfig client = ClientConfig.cleartext(there.resolve("/"));
    String body =
        """
        {"notifId":"x","ackUri":"%s","eventNotifs":[
         {"event":"UP_PATH_CH","dnaiChgType":"EARLY","targetDnai":"edge-a"}]}
        """
            .formatted(ackUri);
    try (RawClient smf = RawClient.create(client, null)) {
      RawClient.Request told =
          RawClient.Request.of("POST", there.getPath(), Json.tree(body.getBytes(UTF_8)));
      assertThat(smf.send(told, Duration.ofSeconds(2)).status()).isEqualTo(204);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private double acks(String status) {
    return metrics.counter("smfadapter.core.acks", "status", status).count();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aCoreThatIsOnlyListenedToTellsOfMovesAndIsAnswered(boolean oauth2) throws Exception {
    how = CorePathConfig.Driver.SMF_EVENTS;
    start(Flavor.REL18, oauth2);
    driver.apply(serving("edge-a", LONG));
    eventually("subscribed", () -> core.smfSubscriptions() == 1);
    core.moveUserPlane(UE, "edge-c");
    eventually("at edge-c", () -> leavesAt("edge-c"));
    assertThat(core.pathAcks()).containsExactly("EARLY edge-c SUCCESS", "LATE edge-c SUCCESS");
    driver.apply(ending());
    eventually("no subscription is left", () -> core.smfSubscriptions() == 0);
    assertThat(core.pathAckFaults() == null ? List.of() : core.pathAckFaults()).isEmpty();
    assertThat(outcomes("NO_NOTIFICATION")).isZero();
    assertThat(core.influenceCounts()).isEmpty();
  }

  @Test
  void aShutdownGivesUpAllPaths() throws Exception {
    start(Flavor.REL18, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    parts.close();
    assertThat(core.influenceData()).isEmpty();
  }

  /** As after a crash: nobody could give anything up, and the gate's leases ran out meanwhile. */
  @Test
  void whatACrashLeftAtTheCoreIsGivenUpAfterTheNextStart() throws Exception {
    start(Flavor.REL18, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    vertx.close().toCompletionStage().toCompletableFuture().join();
    parts.close();
    assertThat(core.influenceData()).hasSize(1);
    vertx = SbiVertx.create(1);
    parts = new Parts();
    drive(Flavor.REL18);
    assertThat(core.influenceData()).hasSize(1); // before the gate has said what it carries
    driver.restore(List.of());
    eventually("given up", () -> core.influenceData().isEmpty());
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

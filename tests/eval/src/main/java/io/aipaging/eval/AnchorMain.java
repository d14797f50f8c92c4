package io.aipaging.eval;

import io.aipaging.aexf.Agent;
import io.aipaging.aexf.AnchorConfig;
import io.aipaging.aexf.guard.http.GuardConfig;
import io.aipaging.aexf.guard.http.ModelConfig;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.protocol.UeHashKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * An anchor: its agent without a service-based interface, a model server that says little, and the
 * echo of datagrams. A line is {@code hold LEASE SESSION} or {@code commit COMMIT}.
 */
final class AnchorMain {
  static final Duration MARGIN = Duration.ofMillis(100);

  private static final int MODEL_PORT = 7755;
  private static final int SLOTS = 64;
  private static final int IN_FLIGHT_MAX = 256;
  private static final int HOLD_MILLIS = 5_000;
  private static final int EVENTS = 15;
  private static final long EVENT_MILLIS = 20;
  private static final Duration CALL_TIME = Duration.ofSeconds(5);

  private AnchorMain() {}

  /** Arguments: id of the site, file of the keys, file of the UE hash key, fence journal. */
  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    vertx
        .createHttpServer()
        .requestHandler(request -> answer(vertx, request))
        .listen(MODEL_PORT, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    Agent agent =
        Agent.start(
            config(arguments[0], Path.of(arguments[3])),
            new Agent.Surroundings(
                Commits.keys(Path.of(arguments[1])),
                new UeHashKey(Files.readAllBytes(Path.of(arguments[2]))),
                InstantSource.system(),
                vertx,
                denied -> {}));
    Obedience.obey(line -> carryOut(agent, line.split(" ", -1)));
  }

  private static void carryOut(Agent agent, String[] words) {
    Call call = Call.within("eval", Instant.now(), CALL_TIME);
    if (words[0].equals("hold")) {
      var _ =
          agent
              .admission()
              .createHold(
                  call, new CreateHold(words[1], words[2], Commits.AISI.toString(), HOLD_MILLIS));
    } else {
      var _ = agent.admission().applyCommit(call, new ApplyCommit(words[1]));
    }
  }

  private static AnchorConfig config(String id, Path journal) {
    return new AnchorConfig(
        id,
        Commits.agent(id),
        List.of(Commits.AISI.toString()),
        SLOTS,
        Commits.SET,
        MARGIN,
        MARGIN,
        journal,
        GuardConfig.cleartext("0.0.0.0", Site.PORT, List.of()),
        new ModelConfig(
            "127.0.0.1",
            MODEL_PORT,
            "/health",
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            IN_FLIGHT_MAX));
  }

  private static void answer(Vertx vertx, HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (!"/v1/events".equals(request.path())) {
      response.end("{}");
      return;
    }
    response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    int[] left = {EVENTS};
    long timer =
        vertx.setPeriodic(
            EVENT_MILLIS,
            tick -> {
              left[0]--;
              if (left[0] >= 0) {
                var _ = response.write("data: " + left[0] + "\n\n");
              } else {
                vertx.cancelTimer(tick);
                var _ = response.end();
              }
            });
    response.exceptionHandler(gone -> vertx.cancelTimer(timer));
    response.closeHandler(gone -> vertx.cancelTimer(timer));
  }
}

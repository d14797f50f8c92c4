package io.aipaging.aexf.guard.http;

import io.aipaging.aexf.Agent;
import io.aipaging.aexf.AnchorConfig;
import io.aipaging.aexf.Commits;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.protocol.Aist;
import io.aipaging.protocol.AistSigner;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeAddress;
import io.aipaging.protocol.UeHashKey;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An agent on real sockets with a fake model server; UEs are addresses of the loopback net. */
final class GuardKit implements AutoCloseable {
  static final String UE = "127.0.0.1";
  static final String OTHER_UE = "127.0.0.2";
  static final String GATEWAY = "127.0.0.9";
  static final String SESSION = "session-0001";
  static final String LEASE = "lease-0001";

  final SigningKeys keys = SigningKeys.generate();
  final CommitSigner commitSigner = new CommitSigner(keys);
  final UeHashKey ueHash = new UeHashKey(new byte[32]);
  final Vertx vertx = Vertx.vertx();
  final FakeModel model = new FakeModel(vertx);
  final ConcurrentLinkedQueue<String> denied = new ConcurrentLinkedQueue<>();
  final Agent agent;
  long gen;

  GuardKit(Path directory) {
    this(directory, GuardConfig.cleartext("127.0.0.1", 0, List.of(GATEWAY)));
  }

  GuardKit(Path directory, GuardConfig guard) {
    ModelConfig backend =
        new ModelConfig(
            "127.0.0.1",
            model.port(),
            "/health",
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            16);
    agent =
        Agent.start(
            new AnchorConfig(
                Commits.ANCHOR,
                Commits.ENFORCER,
                List.of(Commits.AISI.toString()),
                8,
                Commits.ISSUER,
                Duration.ofMillis(10),
                Duration.ofMillis(10),
                directory.resolve("fences"),
                guard,
                backend),
            new Agent.Surroundings(
                KeySet.ofJwks(keys.jwks()), ueHash, Clock.systemUTC(), vertx, denied::add));
  }

  int port() {
    return agent.guardPort();
  }

  String authority() {
    return "127.0.0.1:" + port();
  }

  Commits commits() {
    return Commits.standard().ue(UE).service("127.0.0.1", port());
  }

  /** Holds and posts a lease of the standard session, once the model server has answered. */
  void admit(Duration term) {
    Await.until("the model server is found healthy", agent::healthy);
    admit(SESSION, LEASE, commits(), term);
  }

  void admit(String session, String lease, Commits commits, Duration term) {
    agent
        .admission()
        .createHold(call(), new CreateHold(lease, session, Commits.AISI.toString(), 5_000));
    apply(commits.serve(lease, session, ++gen, Instant.now(), term));
  }

  void apply(Commit commit) {
    agent.admission().applyCommit(call(), new ApplyCommit(commitSigner.sign(commit)));
  }

  int inFlight() {
    return agent.admission().getStatus(call(), new GetStatus()).requestsInFlight();
  }

  Call call() {
    return Call.within("aipf-1", Instant.now(), Duration.ofSeconds(5));
  }

  /** A token bound to a UE's address. */
  String token(String session, String ue) {
    return token(
        session,
        new Confirmation.UeAddressHash(ueHash.hash(new SessionId(session), UeAddress.parse(ue))));
  }

  String token(String session, Confirmation binding) {
    return sign(session, binding, "infer", Instant.now());
  }

  String sign(String session, Confirmation binding, String scope, Instant issued) {
    Instant second = issued.truncatedTo(ChronoUnit.SECONDS);
    return new AistSigner(keys)
        .sign(
            new Aist(
                Commits.ISSUER,
                "subject-pseudonym",
                "app-1",
                Commits.AISI,
                new SessionId(session),
                scope,
                binding,
                second,
                second.plusSeconds(600),
                UUID.randomUUID().toString()));
  }

  static HttpClient client(String from) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .localAddress(InetAddress.ofLiteral(from))
        .build();
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://" + authority() + path))
            .timeout(Duration.ofSeconds(20));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  HttpResponse<String> get(String from, String path, String... headers) throws Exception {
    try (HttpClient client = client(from)) {
      return client.send(request(path, headers).build(), BodyHandlers.ofString());
    }
  }

  HttpResponse<String> getWithToken(String path, String token) throws Exception {
    return get(UE, path, "Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    agent.close();
    model.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.aipaging.aexf.AgentConfig;
import io.aipaging.aexf.AgentMain;
import io.aipaging.aexf.AnchorConfig;
import io.aipaging.aexf.guard.http.GuardConfig;
import io.aipaging.aexf.guard.http.ModelConfig;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.server.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An anchor agent beside a model server that is healthy. */
class AdmissionProducerIT extends ProducerContract {
  @Override
  Producer start(TestIssuer issuer, Path folder) throws IOException {
    return new RunningAgent(issuer, folder);
  }

  private static final class RunningAgent implements Producer {
    private static final String AUDIENCE = "CUSTOM_AEXF";
    private static final String ENFORCER = "aexf-a";
    private static final TransportAddress SERVICE = TransportAddress.parse("203.0.113.10:8000");
    private static final int HOLD_MS = 60_000;

    private final HttpServer model;
    private final TestSet set;
    private final AgentMain agent;
    private int made;

    RunningAgent(TestIssuer issuer, Path folder) throws IOException {
      set = new TestSet(issuer);
      model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      model.createContext(
          "/health",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      model.start();
      agent = AgentMain.start(config(issuer, folder), InstantSource.system());
    }

    private AgentConfig config(TestIssuer issuer, Path folder) throws IOException {
      return new AgentConfig(
          new AnchorConfig(
              "a",
              ENFORCER,
              List.of(TestSet.AISI),
              10_000,
              TestSet.ISSUER,
              Duration.ofMillis(250),
              Duration.ofMillis(250),
              folder.resolve("fences.journal"),
              GuardConfig.cleartext("127.0.0.1", 0, List.of()),
              ModelConfig.at("127.0.0.1", model.getAddress().getPort())),
          Files.write(folder.resolve("ueh"), new byte[32]),
          set.client(),
          ListenerConfig.cleartext("127.0.0.1", 0),
          issuer.believedBy(AUDIENCE),
          issuer.credentials("aexf-a", TestSet.AUDIENCE),
          new ManagementConfig("127.0.0.1", 0));
    }

    @Override
    public List<Contract> contracts() {
      return List.of(NaexfAdmission.CONTRACT);
    }

    @Override
    public int port() {
      return agent.sbiPort();
    }

    @Override
    public String audience() {
      return AUDIENCE;
    }

    @Override
    public String consumer() {
      return "aipf-1";
    }

    @Override
    public ObjectNode fresh(Operation<?, ?> operation) {
      made++;
      ObjectNode members = Json.MAPPER.createObjectNode();
      return switch (operation.operationId()) {
        case "CreateHold" ->
            members
                .put("leaseId", lease())
                .put("sessionId", session())
                .put("aisi", TestSet.AISI)
                .put("ttlMs", HOLD_MS);
        case "ReleaseHold" -> members.put("leaseId", held());
        case "ApplyCommit" -> members.put("commit", commit(held()));
        case "GetStatus", "ListLeases" -> members;
        default -> throw new AssertionError("no request for " + operation);
      };
    }

    private String lease() {
      return "l-%08d".formatted(made);
    }

    private String session() {
      return "s-%08d".formatted(made);
    }

    private String held() {
      agent
          .agent()
          .admission()
          .createHold(call(), new CreateHold(lease(), session(), TestSet.AISI, HOLD_MS));
      return lease();
    }

    private String commit(String lease) {
      TestSet.Grant grant = TestSet.Grant.numbered(made, ENFORCER, SERVICE);
      return set.serve(
          new TestSet.Grant(ENFORCER, lease, grant.session(), grant.ue(), grant.service()));
    }

    @Override
    public @Nullable Unknown unknown(Operation<?, ?> operation) {
      made++;
      ObjectNode members = Json.MAPPER.createObjectNode();
      return switch (operation.operationId()) {
        case "ReleaseHold" -> new Unknown(members.put("leaseId", "l-of-nobody"), 204, "");
        case "ApplyCommit" ->
            new Unknown(members.put("commit", commit("l-of-nobody")), 409, "HOLD_NOT_FOUND");
        default -> null;
      };
    }

    @Override
    public JsonNode state() {
      NaexfAdmission admission = agent.agent().admission();
      ObjectNode state = Json.MAPPER.createObjectNode();
      state.set(
          "status", Json.MAPPER.valueToTree(admission.getStatus(call(), new GetStatus())));
      state.set(
          "leases", Json.MAPPER.valueToTree(admission.listLeases(call(), new ListLeases())));
      return Members.lasting(state);
    }

    private static Call call() {
      return Call.within("test", Instant.now(), Duration.ofSeconds(10));
    }

    @Override
    public List<Route> routes() {
      return agent.routes();
    }

    @Override
    public void close() {
      agent.close();
      model.stop(0);
      set.close();
    }
  }
}

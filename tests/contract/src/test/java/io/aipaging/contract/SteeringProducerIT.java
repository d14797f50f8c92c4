package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.server.Route;
import io.aipaging.smfadapter.SmfAdapter;
import io.aipaging.smfadapter.SmfAdapterConfig;
import io.aipaging.smfadapter.SmfAdapterMain;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An SMF adapter with the userspace gateway, which needs no rights. */
class SteeringProducerIT extends ProducerContract {
  @Override
  Producer start(TestIssuer issuer, Path folder) throws Exception {
    return new RunningGate(issuer, folder);
  }

  private static final class RunningGate implements Producer {
    private static final String AUDIENCE = "SMF-ADAPTER";
    private static final String ENFORCER = "n6-gate";

    private final TransportAddress service = LocalPorts.free();
    private final TestSet set;
    private final SmfAdapter adapter;
    private int made;

    RunningGate(TestIssuer issuer, Path folder) throws Exception {
      set = new TestSet(issuer);
      adapter =
          SmfAdapterMain.start(
              new SmfAdapterConfig(
                  new SmfAdapterConfig.Gate(
                      ENFORCER,
                      TestSet.ISSUER,
                      folder.resolve("gate.journal"),
                      Duration.ofMillis(250),
                      Duration.ofMillis(250)),
                  null,
                  LocalPorts.gateway(service),
                  set.client(),
                  ListenerConfig.cleartext("127.0.0.1", 0),
                  new SmfAdapterConfig.Oauth(
                      TestIssuer.ISSUER,
                      AUDIENCE,
                      issuer.client(),
                      "smf-adapter",
                      issuer.secretFile(),
                      TestSet.AUDIENCE),
                  null));
    }

    @Override
    public List<Contract> contracts() {
      return List.of(NsmfadapterSteering.CONTRACT);
    }

    @Override
    public int port() {
      return adapter.port().getAsInt();
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
      String commit = set.serve(TestSet.Grant.numbered(made, ENFORCER, service));
      ObjectNode members = Json.MAPPER.createObjectNode();
      return switch (operation.operationId()) {
        case "ApplyCommits" -> {
          members.putArray("commits").add(commit);
          yield members;
        }
        case "ListGrants" -> members;
        case "ProbeCommit" -> members.put("commit", commit).put("phase", "REACHABLE");
        default -> throw new AssertionError("no request for " + operation);
      };
    }

    @Override
    public @Nullable Unknown unknown(Operation<?, ?> operation) {
      return null;
    }

    @Override
    public JsonNode state() {
      Call call = Call.within("test", Instant.now(), Duration.ofSeconds(10));
      return Members.lasting(
          Json.MAPPER.valueToTree(adapter.steering().listGrants(call, new ListGrants())));
    }

    @Override
    public List<Route> routes() {
      return adapter.routes();
    }

    @Override
    public void close() {
      adapter.close();
      set.close();
    }
  }
}

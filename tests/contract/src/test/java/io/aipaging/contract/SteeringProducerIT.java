package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.server.Route;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

class SteeringProducerIT extends ProducerContract {
  @Override
  List<Contract> contracts() {
    return List.of(NsmfadapterSteering.CONTRACT);
  }

  @Override
  Producer start(TestIssuer issuer, Path folder) throws Exception {
    return new RunningGate(issuer, folder);
  }

  private static final class RunningGate implements Producer {
    private final TransportAddress service = LocalPorts.free();
    private final TestSet set;
    private final GatePart gate;
    private int made;

    RunningGate(TestIssuer issuer, Path folder) throws Exception {
      set = new TestSet(issuer);
      gate = new GatePart(issuer, set.client(), service, folder);
    }

    @Override
    public int port() {
      return gate.port();
    }

    @Override
    public String audience() {
      return GatePart.AUDIENCE;
    }

    @Override
    public String consumer() {
      return "aipf-1";
    }

    @Override
    public ObjectNode fresh(Operation<?, ?> operation) {
      made++;
      String commit = set.serve(TestSet.Grant.numbered(made, GatePart.ENFORCER, service));
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
      return gate.grants();
    }

    @Override
    public List<Route> routes() {
      return gate.adapter().routes();
    }

    @Override
    public void close() {
      gate.close();
      set.close();
    }
  }
}

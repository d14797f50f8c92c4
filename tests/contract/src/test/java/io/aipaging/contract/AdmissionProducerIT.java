package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.server.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

class AdmissionProducerIT extends ProducerContract {
  @Override
  List<Contract> contracts() {
    return List.of(NaexfAdmission.CONTRACT);
  }

  @Override
  Producer start(TestIssuer issuer, Path folder) throws IOException {
    return new RunningAgent(issuer, folder);
  }

  private static final class RunningAgent implements Producer {
    private static final TransportAddress SERVICE = TransportAddress.parse("203.0.113.10:8000");
    private static final int HOLD_MS = 60_000;

    private final TestSet set;
    private final AnchorPart anchor;
    private int made;

    RunningAgent(TestIssuer issuer, Path folder) throws IOException {
      set = new TestSet(issuer);
      anchor = new AnchorPart(issuer, set.client(), "a", folder);
    }

    @Override
    public int port() {
      return anchor.agent().sbiPort();
    }

    @Override
    public String audience() {
      return AnchorPart.AUDIENCE;
    }

    @Override
    public String consumer() {
      return "aipf-1";
    }

    @Override
    public ObjectNode fresh(Operation<?, ?> operation) {
      TestSet.Grant next = next();
      ObjectNode members = Json.MAPPER.createObjectNode();
      return switch (operation.operationId()) {
        case "CreateHold" ->
            members
                .put("leaseId", next.lease())
                .put("sessionId", next.session())
                .put("aisi", TestSet.AISI)
                .put("ttlMs", HOLD_MS);
        case "ReleaseHold" -> members.put("leaseId", held(next).lease());
        case "ApplyCommit" -> members.put("commit", set.serve(held(next)));
        case "GetStatus", "ListLeases" -> members;
        case "SetDrain" -> members.put("draining", false);
        default -> throw new AssertionError("no request for " + operation);
      };
    }

    private TestSet.Grant next() {
      return TestSet.Grant.numbered(++made, AnchorPart.enforcer("a"), SERVICE);
    }

    private TestSet.Grant held(TestSet.Grant grant) {
      Call call = Call.within("test", Instant.now(), Duration.ofSeconds(10));
      anchor
          .admission()
          .createHold(call, new CreateHold(grant.lease(), grant.session(), TestSet.AISI, HOLD_MS));
      return grant;
    }

    @Override
    public @Nullable Unknown unknown(Operation<?, ?> operation) {
      ObjectNode members = Json.MAPPER.createObjectNode();
      return switch (operation.operationId()) {
        case "ReleaseHold" -> new Unknown(members.put("leaseId", next().lease()), 204, "");
        case "ApplyCommit" ->
            new Unknown(members.put("commit", set.serve(next())), 409, "HOLD_NOT_FOUND");
        default -> null;
      };
    }

    @Override
    public JsonNode state() {
      return anchor.load();
    }

    @Override
    public List<Route> routes() {
      return anchor.agent().routes();
    }

    @Override
    public void close() {
      anchor.close();
      set.close();
    }
  }
}

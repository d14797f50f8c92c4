package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.nef.Nef;
import io.aipaging.nef.NefConfig;
import io.aipaging.nef.NefMain;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.exposure.AiSession;
import io.aipaging.openapi.exposure.CreateAiSession;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.trace.TracingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

class ExposureProducerIT extends ProducerContract {
  @Override
  List<Contract> contracts() {
    return List.of(NnefAipaging.CONTRACT);
  }

  @Override
  Producer start(TestIssuer issuer, Path folder) throws Exception {
    return new RunningNef(issuer, folder);
  }

  static final class RunningNef implements Producer {
    static final String AUDIENCE = "NEF";
    static final String APP = "notes-app";

    private final PagingPart set;
    private final Nef nef;

    RunningNef(TestIssuer issuer, Path folder) throws Exception {
      set = new PagingPart(issuer, folder);
      nef = start(issuer, set);
    }

    static Nef start(TestIssuer issuer, PagingPart set) {
      return start(issuer, set, null);
    }

    static Nef start(TestIssuer issuer, PagingPart set, @Nullable TracingConfig tracing) {
      return NefMain.start(
          new NefConfig(
              "nef-1",
              ListenerConfig.cleartext("127.0.0.1", 0),
              issuer.believedBy(AUDIENCE),
              new ManagementConfig("127.0.0.1", 0),
              new NefConfig.Aipf(set.client(), issuer.credentials("nef-1", TestSet.AUDIENCE)),
              List.of(new NefConfig.AppConfig(APP, List.of("10.45.0.0/16"), 1_000)),
              tracing,
              null));
    }

    @Override
    public int port() {
      return nef.port().getAsInt();
    }

    @Override
    public String audience() {
      return AUDIENCE;
    }

    @Override
    public String consumer() {
      return APP;
    }

    @Override
    public ObjectNode fresh(Operation<?, ?> operation) {
      return switch (operation.operationId()) {
        case "CreateAiSession" -> page();
        case "ListAiSessions" -> Json.MAPPER.createObjectNode().put("afId", APP);
        case "GetAiSession", "ReleaseAiSession" -> about(paged().sessionId());
        case "RenewAiSession" -> about(paged().sessionId()).put("durationSec", 900);
        default -> throw new AssertionError("no request for " + operation);
      };
    }

    private ObjectNode page() {
      return Example.named(NnefAipaging.CONTRACT, "CreateAiSession-request.json")
          .put("ueAddress", set.nextUe());
    }

    private AiSession paged() {
      Call call = Call.within(APP, Instant.now(), Duration.ofSeconds(10));
      return nef.aiPaging().createAiSession(call, Members.record(page(), CreateAiSession.class));
    }

    private static ObjectNode about(String sessionId) {
      return Json.MAPPER.createObjectNode().put("afId", APP).put("sessionId", sessionId);
    }

    @Override
    public @Nullable Unknown unknown(Operation<?, ?> operation) {
      return operation.pathVariables().contains("sessionId")
          ? new Unknown(about("s-of-nobody"), 404, "SESSION_NOT_FOUND")
          : null;
    }

    @Override
    public JsonNode state() {
      return set.state();
    }

    @Override
    public List<Route> routes() {
      return nef.routes();
    }

    @Override
    public void close() {
      nef.close();
      set.close();
    }
  }
}

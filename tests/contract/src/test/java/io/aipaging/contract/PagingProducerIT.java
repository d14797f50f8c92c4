package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.Session;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.server.Route;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

class PagingProducerIT extends ProducerContract {
  @Override
  List<Contract> contracts() {
    return List.of(NaipfPaging.CONTRACT, NaipfKeyinfo.CONTRACT, NaipfEvents.CONTRACT);
  }

  @Override
  Producer start(TestIssuer issuer, Path folder) throws Exception {
    return new RunningAipf(new PagingPart(issuer, folder));
  }

  private static final class RunningAipf implements Producer {
    private final PagingPart set;

    RunningAipf(PagingPart set) {
      this.set = set;
    }

    @Override
    public int port() {
      return set.port();
    }

    @Override
    public String audience() {
      return TestSet.AUDIENCE;
    }

    @Override
    public String consumer() {
      return "nef-1";
    }

    @Override
    public ObjectNode fresh(Operation<?, ?> operation) {
      return switch (operation.operationId()) {
        case "CreateSession" -> set.nextPage();
        case "ListSessions", "ListAnchors", "GetKeys" -> Json.MAPPER.createObjectNode();
        case "GetSession", "ReleaseSession" -> about(set.paged());
        case "RevokeSessions" -> about(set.paged()).put("reason", "POLICY");
        case "DrainAnchor" ->
            Json.MAPPER.createObjectNode().put("anchorId", "b").put("draining", false);
        case "RenewSession" -> about(set.paged()).put("durationSec", 900);
        case "ListEvidence" -> about(set.paged()).put("fromSeq", 1);
        case "RelocateSession" -> {
          Session session = set.paged();
          String here = session.leases().getFirst().anchorId();
          yield about(session).put("targetAnchorId", here.equals("a") ? "b" : "a");
        }
        case "AnnounceEnforcer" -> announced(GatePart.ENFORCER);
        case "ReportUeMoved" -> arrived(set.paged());
        case "FollowPathChange" -> followed(set.paged());
        case "ReportQosBinding" -> reported(set.paged().sessionId());
        default -> throw new AssertionError("no request for " + operation);
      };
    }

    private static ObjectNode announced(String enforcer) {
      return Json.MAPPER
          .createObjectNode()
          .put("enforcerId", enforcer)
          .put("kind", "GATE")
          .put("bootId", "boot-of-the-test");
    }

    /**
     * To where its session is: a move, which follows some time after the answer, has none to do.
     */
    private static ObjectNode arrived(Session session) {
      return Json.MAPPER
          .createObjectNode()
          .put("ueAddress", session.ueAddress())
          .put("dnai", session.leases().getFirst().dnai());
    }

    private static ObjectNode followed(Session session) {
      ObjectNode request = arrived(session).put("stage", "EARLY");
      return request.set("service", Json.MAPPER.valueToTree(session.serviceAddress()));
    }

    private static ObjectNode reported(String binding) {
      return Json.MAPPER.createObjectNode().put("bindingRef", binding).put("status", "GUARANTEED");
    }

    @Override
    public void assertGood(Operation<?, ?> operation, JsonNode answer) {
      switch (operation.operationId()) {
        case "CreateSession" -> assertThat(answer.path("state").asText()).isEqualTo("ACTIVE");
        case "RelocateSession" -> assertThat(answer.path("outcome").asText()).isEqualTo("MOVED");
        case "RevokeSessions" -> assertThat(answer.path("ended").asInt()).isEqualTo(1);
        case "FollowPathChange" -> assertThat(answer.path("readiness").asText()).isEqualTo("READY");
        case "ListAnchors" -> assertThat(answer.path("anchors")).hasSize(2);
        default -> {}
      }
    }

    private static ObjectNode about(Session session) {
      return Json.MAPPER.createObjectNode().put("sessionId", session.sessionId());
    }

    @Override
    public @Nullable Unknown unknown(Operation<?, ?> operation) {
      if (operation.pathVariables().contains("anchorId")) {
        return new Unknown(
            Json.MAPPER.createObjectNode().put("anchorId", "nowhere").put("draining", true),
            404,
            "ANCHOR_NOT_FOUND");
      }
      if (operation.pathVariables().contains("sessionId")) {
        ObjectNode nobody = Json.MAPPER.createObjectNode().put("sessionId", "s-of-nobody");
        return new Unknown(nobody, 404, "SESSION_NOT_FOUND");
      }
      return switch (operation.operationId()) {
        case "AnnounceEnforcer" ->
            new Unknown(announced("gate-of-nobody"), 404, "ENFORCER_NOT_FOUND");
        case "ReportQosBinding" -> new Unknown(reported("s-of-nobody"), 404, "BINDING_NOT_FOUND");
        default -> null;
      };
    }

    @Override
    public JsonNode state() {
      return set.state();
    }

    @Override
    public List<Route> routes() {
      return set.aipf().routes();
    }

    @Override
    public void close() {
      set.close();
    }
  }
}

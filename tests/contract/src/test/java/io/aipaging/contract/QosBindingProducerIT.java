package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.server.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

class QosBindingProducerIT extends ProducerContract {
  @Override
  List<Contract> contracts() {
    return List.of(NpcfadapterQosbinding.CONTRACT);
  }

  @Override
  Producer start(TestIssuer issuer, Path folder) {
    return new RunningAdapter(new QosPart(issuer, folder));
  }

  private static final class RunningAdapter implements Producer {
    private static final int HOLD_MS = 60_000;

    private final QosPart qos;
    private int made;
    private @Nullable String watched;

    RunningAdapter(QosPart qos) {
      this.qos = qos;
    }

    @Override
    public int port() {
      return qos.port();
    }

    @Override
    public String audience() {
      return QosPart.AUDIENCE;
    }

    @Override
    public String consumer() {
      return "aipf-1";
    }

    @Override
    public ObjectNode fresh(Operation<?, ?> operation) {
      ObjectNode create = newBinding();
      return switch (operation.operationId()) {
        case "CreateQosBinding" -> create;
        case "ListQosBindings" -> Json.MAPPER.createObjectNode();
        case "ConfirmQosBinding" -> created(create).put("expiresAt", inTenMinutes());
        case "RouteQosBinding" -> routed(confirmed(created(create)));
        case "GetQosBinding" -> confirmed(created(create));
        case "DeleteQosBinding" -> created(create);
        default -> throw new AssertionError("no request for " + operation);
      };
    }

    private static ObjectNode routed(ObjectNode binding) {
      return Example.named(NpcfadapterQosbinding.CONTRACT, "RouteQosBinding-request.json")
          .put("bindingRef", binding.path("bindingRef").asText());
    }

    private ObjectNode newBinding() {
      made++;
      return Example.named(NpcfadapterQosbinding.CONTRACT, "CreateQosBinding-request.json")
          .put("bindingRef", "qb-" + made)
          .put("ueAddress", "10.45." + made / 250 + "." + (1 + made % 250))
          .put("holdTtlMs", HOLD_MS);
    }

    private ObjectNode created(ObjectNode create) {
      String ref = create.get("bindingRef").asText();
      qos.adapter()
          .qosBinding()
          .createQosBinding(call(), Members.record(create, CreateQosBinding.class));
      watched = watched == null ? ref : watched;
      return Json.MAPPER.createObjectNode().put("bindingRef", ref);
    }

    private ObjectNode confirmed(ObjectNode binding) {
      qos.adapter()
          .qosBinding()
          .confirmQosBinding(
              call(),
              new ConfirmQosBinding(
                  binding.get("bindingRef").asText(), Instant.now().plusSeconds(600)));
      return binding;
    }

    @Override
    public @Nullable Unknown unknown(Operation<?, ?> operation) {
      ObjectNode nowhere = Json.MAPPER.createObjectNode().put("bindingRef", "qb-nowhere");
      return switch (operation.operationId()) {
        case "ConfirmQosBinding" ->
            new Unknown(nowhere.put("expiresAt", inTenMinutes()), 404, "BINDING_NOT_FOUND");
        case "RouteQosBinding" -> new Unknown(routed(nowhere), 404, "BINDING_NOT_FOUND");
        case "GetQosBinding" -> new Unknown(nowhere, 404, "BINDING_NOT_FOUND");
        case "DeleteQosBinding" -> new Unknown(nowhere, 204, "");
        default -> null;
      };
    }

    /** The core's sessions, and what the adapter says of the binding the bad requests are about. */
    @Override
    public JsonNode state() {
      ObjectNode state = Json.MAPPER.createObjectNode();
      state.set("sessions", qos.atCore());
      if (watched != null) {
        state.set(
            "watched",
            Json.MAPPER.valueToTree(
                qos.adapter().qosBinding().getQosBinding(call(), new GetQosBinding(watched))));
      }
      return state;
    }

    private static String inTenMinutes() {
      return Instant.now().plusSeconds(600).toString();
    }

    private static Call call() {
      return Call.within("test", Instant.now(), Duration.ofSeconds(10));
    }

    @Override
    public List<Route> routes() {
      return qos.adapter().routes();
    }

    @Override
    public void close() {
      qos.close();
    }
  }
}

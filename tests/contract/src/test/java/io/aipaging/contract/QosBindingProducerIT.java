package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.pcfadapter.PcfAdapter;
import io.aipaging.pcfadapter.PcfAdapterConfig;
import io.aipaging.pcfadapter.PcfAdapterMain;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.server.Route;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import io.aipaging.simulators.pcf.RunningPcf;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The PCF adapter in front of a simulated PCF. */
class QosBindingProducerIT extends ProducerContract {
  @Override
  Producer start(TestIssuer issuer, Path folder) {
    return new RunningAdapter(issuer, folder);
  }

  private static final class RunningAdapter implements Producer {
    private static final String AUDIENCE = "CUSTOM_PCF_ADAPTER";

    private final RunningPcf pcf = PcfSimulator.start(unhurried());
    private final Wire wire = new Wire();
    private final PcfAdapter adapter;
    private int made;
    private @Nullable String watched;

    RunningAdapter(TestIssuer issuer, Path folder) {
      URI core = URI.create("http://127.0.0.1:" + pcf.port());
      PcfAdapterConfig config =
          PcfAdapterConfig.inProcess(core, folder.resolve("bindings.journal"));
      adapter =
          PcfAdapterMain.start(
              new PcfAdapterConfig(
                  ListenerConfig.cleartext("127.0.0.1", 0),
                  issuer.believedBy(AUDIENCE),
                  config.callback(),
                  null,
                  config.pcf(),
                  config.journal(),
                  new PcfAdapterConfig.Lanes(Duration.ZERO, 64, 16, 10_000),
                  config.bindings()));
    }

    /** Takes requests as fast as they come, and knows the QoS the examples ask for. */
    private static PcfSimulatorConfig unhurried() {
      PcfSimulatorConfig usual = PcfSimulatorConfig.defaults();
      return new PcfSimulatorConfig(
          usual.host(),
          0,
          0,
          usual.flavor(),
          usual.ues(),
          Set.of("ai-interactive", "ai-realtime"),
          Duration.ZERO,
          usual.spec());
    }

    @Override
    public List<Contract> contracts() {
      return List.of(NpcfadapterQosbinding.CONTRACT);
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
      ObjectNode create = newBinding();
      return switch (operation.operationId()) {
        case "CreateQosBinding" -> create;
        case "ConfirmQosBinding" ->
            created(create).put("expiresAt", Instant.now().plusSeconds(600).toString());
        case "GetQosBinding", "DeleteQosBinding" -> created(create);
        default -> throw new AssertionError("no request for " + operation);
      };
    }

    private ObjectNode newBinding() {
      made++;
      ObjectNode create =
          (ObjectNode)
              Example.of(NpcfadapterQosbinding.CONTRACT).stream()
                  .filter(e -> e.file().equals("CreateQosBinding-request.json"))
                  .findFirst()
                  .orElseThrow()
                  .json()
                  .deepCopy();
      return create
          .put("bindingRef", "qb-" + made)
          .put("ueAddress", "10.45." + made / 250 + "." + (1 + made % 250))
          .put("holdTtlMs", 60_000);
    }

    private ObjectNode created(ObjectNode create) {
      try {
        QosBinding binding =
            adapter
                .qosBinding()
                .createQosBinding(call(), Json.MAPPER.treeToValue(create, CreateQosBinding.class));
        watched = watched == null ? binding.bindingRef() : watched;
        return Json.MAPPER.createObjectNode().put("bindingRef", binding.bindingRef());
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public @Nullable Unknown unknown(Operation<?, ?> operation) {
      ObjectNode members = Json.MAPPER.createObjectNode().put("bindingRef", "qb-nowhere");
      return switch (operation.operationId()) {
        case "ConfirmQosBinding" ->
            new Unknown(
                members.put("expiresAt", Instant.now().plusSeconds(600).toString()),
                404,
                "BINDING_NOT_FOUND");
        case "GetQosBinding" -> new Unknown(members, 404, "BINDING_NOT_FOUND");
        case "DeleteQosBinding" -> new Unknown(members, 204, "");
        default -> null;
      };
    }

    /** The core's sessions, and what the adapter says of the binding the bad requests are about. */
    @Override
    public JsonNode state() {
      WireReply core =
          wire.send(
              Wire.Version.HTTP_1_1,
              pcf.controlPort(),
              new WireRequest("GET", "/state", Map.of(), new byte[0]));
      ObjectNode state = Json.MAPPER.createObjectNode();
      state.set("sessions", core.json().path("sessions"));
      if (watched != null) {
        QosBinding binding =
            adapter.qosBinding().getQosBinding(call(), new GetQosBinding(watched));
        state.set("watched", Json.MAPPER.valueToTree(binding));
      }
      return state;
    }

    private static Call call() {
      return Call.within("test", Instant.now(), Duration.ofSeconds(10));
    }

    @Override
    public List<Route> routes() {
      return adapter.routes();
    }

    @Override
    public void close() {
      adapter.close();
      pcf.close();
      wire.close();
    }
  }
}

package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Contracts;
import io.aipaging.openapi.Operation;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.server.SbiServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The runtime alone: all contracts on one listener, with nothing but examples behind them. */
class FakeProducersIT extends ProducerContract {
  @Override
  List<Contract> contracts() {
    return Contracts.ALL;
  }

  @Override
  Producer start(TestIssuer issuer, Path folder) {
    return new Fakes(issuer);
  }

  private static final class Fakes implements Producer {
    private final RecordingFake fake = new RecordingFake();
    private final SbiServer server;

    Fakes(TestIssuer issuer) {
      SbiServer.Builder builder =
          SbiServer.builder(
              ListenerConfig.cleartext("127.0.0.1", 0),
              issuer.policy("FAKE"),
              InstantSource.system());
      for (Contract contract : Contracts.ALL) {
        Interfaces.bind(contract, builder, fake.as(contract));
        for (Operation<?, ?> operation : contract.operations()) {
          fake.answer(
              operation.operationId(), Example.responses(contract, operation).getFirst().value());
        }
      }
      server = builder.start();
    }

    @Override
    public int port() {
      return server.port();
    }

    @Override
    public String audience() {
      return "FAKE";
    }

    @Override
    public String consumer() {
      return "nf-1";
    }

    @Override
    public ObjectNode fresh(Operation<?, ?> operation) {
      Contract contract =
          Contracts.ALL.stream().filter(c -> c.api().equals(operation.api())).findFirst().get();
      return Example.requests(contract, operation).getLast().json().deepCopy();
    }

    @Override
    public @Nullable Unknown unknown(Operation<?, ?> operation) {
      return null;
    }

    @Override
    public boolean knowsWhatIsThere() {
      return false;
    }

    /** How often something arrived that is not harmless to repeat. */
    @Override
    public JsonNode state() {
      long effects =
          fake.received().stream()
              .filter(
                  received ->
                      Contracts.ALL.stream()
                          .flatMap(contract -> contract.operations().stream())
                          .filter(o -> o.hasBody() && !o.safeToRepeat())
                          .anyMatch(o -> sameName(o, received)))
              .count();
      return Json.MAPPER.createObjectNode().put("effects", effects);
    }

    private static boolean sameName(Operation<?, ?> operation, RecordingFake.Received received) {
      return operation
          .operationId()
          .toLowerCase(Locale.ROOT)
          .equals(received.method().toLowerCase(Locale.ROOT));
    }

    @Override
    public List<Route> routes() {
      return server.routes();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}

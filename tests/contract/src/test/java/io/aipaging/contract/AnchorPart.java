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
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.management.ManagementConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** An anchor agent beside a model server that is healthy. */
final class AnchorPart implements AutoCloseable {
  static final String AUDIENCE = "CUSTOM_AEXF";
  private static final int SLOTS = 10_000;

  private final HttpServer model;
  private final AgentMain agent;

  /**
   * An anchor for the COMMITs of one Set.
   *
   * @param id anchor id
   * @param aipf where the Set publishes its keys
   */
  AnchorPart(TestIssuer issuer, ClientConfig aipf, String id, Path folder) throws IOException {
    model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    model.start();
    AnchorConfig anchor =
        new AnchorConfig(
            id,
            enforcer(id),
            List.of(TestSet.AISI),
            SLOTS,
            TestSet.ISSUER,
            Duration.ofMillis(250),
            Duration.ofMillis(250),
            folder.resolve("fences-" + id + ".journal"),
            GuardConfig.cleartext("127.0.0.1", 0, List.of("127.0.0.1")),
            ModelConfig.at("127.0.0.1", model.getAddress().getPort()));
    agent =
        AgentMain.start(
            new AgentConfig(
                anchor,
                ueHashKey(folder),
                aipf,
                ListenerConfig.cleartext("127.0.0.1", 0),
                issuer.believedBy(AUDIENCE),
                issuer.credentials(enforcer(id), TestSet.AUDIENCE),
                new ManagementConfig("127.0.0.1", 0)),
            InstantSource.system());
  }

  static String enforcer(String anchorId) {
    return "aexf-" + anchorId;
  }

  /** The key file that AIPF and anchors share. */
  static Path ueHashKey(Path folder) throws IOException {
    return Files.write(folder.resolve("ueh"), new byte[32]);
  }

  AgentMain agent() {
    return agent;
  }

  NaexfAdmission admission() {
    return agent.agent().admission();
  }

  /** Its load and its leases, without the time that is left. */
  JsonNode load() {
    Call call = Call.within("test", Instant.now(), Duration.ofSeconds(10));
    ObjectNode load = Json.MAPPER.createObjectNode();
    load.set("status", Json.MAPPER.valueToTree(admission().getStatus(call, new GetStatus())));
    load.set("leases", Json.MAPPER.valueToTree(admission().listLeases(call, new ListLeases())));
    return Members.lasting(load);
  }

  @Override
  public void close() {
    agent.close();
    model.stop(0);
  }
}

package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.trace.TracingConfig;
import io.aipaging.smfadapter.SmfAdapter;
import io.aipaging.smfadapter.SmfAdapterConfig;
import io.aipaging.smfadapter.SmfAdapterMain;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An SMF adapter with the userspace gateway, which needs no rights. */
final class GatePart implements AutoCloseable {
  static final String AUDIENCE = "SMF-ADAPTER";
  static final String ENFORCER = "n6-gate";

  private final TransportAddress service;
  private final SmfAdapter adapter;

  /**
   * A gate for the COMMITs of one Set.
   *
   * @param aipf where the Set publishes its keys
   * @param service where UEs send their traffic, on this host
   */
  GatePart(TestIssuer issuer, ClientConfig aipf, TransportAddress service, Path folder)
      throws Exception {
    this(issuer, new Around(aipf, null), service, folder);
  }

  /** The Set a gate works for, and where it sends its traces. */
  record Around(ClientConfig aipf, @Nullable TracingConfig tracing) {}

  GatePart(TestIssuer issuer, Around around, TransportAddress service, Path folder)
      throws Exception {
    this.service = service;
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
                gateway(),
                null,
                around.aipf(),
                ListenerConfig.cleartext("127.0.0.1", 0),
                issuer.believedBy(AUDIENCE),
                issuer.credentials("smf-adapter", TestSet.AUDIENCE),
                new ManagementConfig("127.0.0.1", 0),
                around.tracing(),
                null));
  }

  private SmfAdapterConfig.Gateway gateway() {
    SmfAdapterConfig.Service offered =
        new SmfAdapterConfig.Service("127.0.0.1", "TCP", service.port());
    return new SmfAdapterConfig.Gateway(
        List.of(offered), 64, 64, 64, 16_384, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  SmfAdapter adapter() {
    return adapter;
  }

  int port() {
    return adapter.port().getAsInt();
  }

  /** What it carries, without the time that is left. */
  JsonNode grants() {
    Call call = Call.within("test", Instant.now(), Duration.ofSeconds(10));
    return Members.lasting(
        Json.MAPPER.valueToTree(adapter.steering().listGrants(call, new ListGrants())));
  }

  @Override
  public void close() {
    adapter.close();
  }
}

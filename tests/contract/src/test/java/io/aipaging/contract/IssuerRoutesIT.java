package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.certs.DevTokenIssuer;
import io.aipaging.certs.IssuerConfig;
import io.aipaging.sbi.config.ListenerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one server with no contract behind it. */
class IssuerRoutesIT {
  @Test
  void onlyTheTokenEndpointAndTheKeysArePublic(@TempDir Path folder) {
    IssuerConfig config =
        new IssuerConfig(
            ListenerConfig.cleartext("127.0.0.1", 0),
            TestIssuer.ISSUER,
            folder.resolve("issuer.key"),
            List.of(),
            Duration.ofMinutes(1));
    try (DevTokenIssuer issuer = DevTokenIssuer.start(config, InstantSource.system(), null)) {
      assertThat(issuer.routes()).isNotEmpty().allMatch(PublicRoutes::mayBeMounted);
    }
  }
}

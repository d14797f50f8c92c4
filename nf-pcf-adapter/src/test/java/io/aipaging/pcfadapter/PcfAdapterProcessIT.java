package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.simulators.PcfSimulator;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcfAdapterProcessIT {
  @TempDir Path folder;

  @Test
  void aCoreInAnotherProcessIsServed() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PcfSimulator.class.getName(),
                "--until-stdin-closes")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String port = out.readLine().split(" ")[1];
      URI pcf = URI.create("http://127.0.0.1:" + port);
      try (PcfAdapter adapter =
          PcfAdapterMain.start(PcfAdapterConfig.inProcess(pcf, folder.resolve("journal")))) {
        Call call = Call.within("aipf", Instant.now(), Duration.ofSeconds(8));
        CreateQosBinding request =
            new CreateQosBinding(
                "b1",
                "10.45.0.2",
                new ServiceAddress("203.0.113.10", "TCP", 8000),
                null,
                null,
                null,
                "low-latency",
                null,
                null,
                5_000);
        assertThat(adapter.qosBinding().createQosBinding(call, request).state()).isEqualTo("HELD");
        adapter.qosBinding().deleteQosBinding(call, new DeleteQosBinding("b1"));
      }
    } finally {
      process.destroyForcibly();
    }
  }
}

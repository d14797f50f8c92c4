package io.aipaging.cli.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.sbi.Json;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aipaging core probe}. */
@Command(
    name = "probe",
    description = {
      "Finds out what a core can do for AI-Paging and prints what it observed. Registers at the NRF",
      "for the time of the probe. With --ue a QoS flow is asked for, changed and given back."
    },
    mixinStandardHelpOptions = true)
public final class ProbeCommand implements Callable<Integer> {
  @Option(
      names = "--nrf",
      required = true,
      paramLabel = "URI",
      description = "apiRoot of the core's NRF, such as http://127.0.0.10:7777.")
  private URI nrf = URI.create("http://127.0.0.10:7777");

  @Option(
      names = "--profile",
      paramLabel = "CORE",
      defaultValue = "auto",
      converter = CoreChoice.Name.class,
      description = "rel18, open5gs, free5gc, or auto: as it behaves (default: auto).")
  private CoreChoice profile = CoreChoice.AUTO;

  @Option(
      names = "--ue",
      paramLabel = "IP",
      description = "Address of a UE with a PDU session; without it N5 is not tried.")
  private @Nullable String ue;

  @Option(
      names = "--qos-reference",
      paramLabel = "NAME",
      defaultValue = "ai-interactive",
      description = "QoS reference to ask for (default: ai-interactive).")
  private String qosReference = "ai-interactive";

  @Option(
      names = "--address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description = "Own address to register (default: 127.0.0.1).")
  private String address = "127.0.0.1";

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    Map<String, String> observed =
        new CoreProbe(new CoreProbe.Subject(nrf, address, ue, qosReference), profile.told()).run();
    if (json) {
      System.out.println(Json.MAPPER.writeValueAsString(observed));
    } else {
      observed.forEach((what, value) -> System.out.printf("%-20s %s%n", what, value));
    }
    return 0;
  }
}

package io.aipaging.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.cli.core.CoreProbe;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aipaging doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks whether this host, and what configuration files name, are as they should be, and says",
      "what to do where they are not: clock, kernel gate, certificates, secrets, places to write,",
      "peers, a core. Changes nothing. Exits with 1 when something is bad."
    },
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CONFIG",
      description = "Configuration files of functions, to look at what they name.")
  private List<Path> configs = List.of();

  @Option(names = "--gate", description = "Look at what the kernel gate needs of this host, too.")
  private boolean gate;

  @Option(
      names = "--nrf",
      paramLabel = "URI",
      description = "apiRoot of a core's NRF: registers there for a moment.")
  private @Nullable URI nrf;

  @Option(
      names = "--address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description = "Own address to register with --nrf (default: 127.0.0.1).")
  private String address = "127.0.0.1";

  @Option(
      names = "--skew-bound",
      paramLabel = "MS",
      defaultValue = "250",
      description = "How far clocks may differ, ms: lease.skew-bound (default: 250).")
  private int skewBoundMs = 250;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<Finding> found = new ArrayList<>();
    HostChecks host = new HostChecks();
    found.add(host.clock(Duration.ofMillis(skewBoundMs)));
    if (gate) {
      found.addAll(host.gate());
    }
    ConfigChecks named = new ConfigChecks(new FileChecks(InstantSource.system()), new PeerChecks());
    configs.forEach(file -> found.addAll(named.of(file)));
    if (nrf != null) {
      found.add(core(nrf));
    }
    if (json) {
      out.println(Json.MAPPER.writeValueAsString(Map.of("findings", found)));
    } else {
      found.forEach(one -> print(out, one));
    }
    out.flush();
    return found.stream().anyMatch(one -> one.level() == Finding.Level.BAD) ? 1 : 0;
  }

  private Finding core(URI there) {
    try {
      Map<String, String> seen =
          new CoreProbe(new CoreProbe.Subject(there, address, null, ""), null).run();
      String registered = seen.getOrDefault("registered as", "refused");
      return registered.equals("refused")
          ? Finding.bad("core", there + " refuses every NF type", "see 'aipaging core probe'")
          : Finding.ok(
              "core", there + " behaves like " + seen.get("profile") + ", registers " + registered);
    } catch (Refusal e) {
      return Finding.bad(
          "core",
          there + " cannot be used: " + e.detail(),
          "start its NRF, or let packets through");
    }
  }

  private static void print(PrintWriter out, Finding one) {
    out.printf("%-9s %-28s %s%n", one.level(), one.check(), one.seen());
    if (one.remedy() != null) {
      out.printf("%-9s %-28s -> %s%n", "", "", one.remedy());
    }
  }
}

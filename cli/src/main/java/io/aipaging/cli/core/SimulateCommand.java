package io.aipaging.cli.core;

import io.aipaging.cli.deploy.CoreName;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.simulators.CoreSimulator;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.core.RunningCore;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code aipaging core simulate}. */
@Command(
    name = "simulate",
    description = {
      "Runs a simulated core until it is ended: NRF, SCP, BSF, PCF, SMF and UDR with the habits of a",
      "real one (docs/cores.md). Every address of its UEs has a PDU session."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--core",
      required = true,
      paramLabel = "CORE",
      converter = CoreName.class,
      description = "rel18, open5gs or free5gc.")
  private @Nullable Core core;

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "HABIT",
      converter = QuirkName.class,
      description = "Habits to leave out, such as O-30.")
  private List<Quirk> without = List.of();

  @Option(
      names = "--nrf-port",
      paramLabel = "PORT",
      defaultValue = "7777",
      description = "Port of the NRF; 0 picks a free one (default: 7777).")
  private int nrfPort = 7_777;

  @Option(
      names = "--address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description = "Where all of them listen (default: 127.0.0.1).")
  private String address = "127.0.0.1";

  @Option(
      names = "--ue",
      paramLabel = "PREFIX",
      description = "Addresses of its UEs (default: 10.45.0.0/16 and 2001:db8:45::/48).")
  private List<String> ues = List.of();

  @Option(
      names = "--qos-reference",
      paramLabel = "NAME",
      description = "QoS references that it knows (default: ai-interactive).")
  private Set<String> qosReferences = new LinkedHashSet<>(Set.of("ai-interactive"));

  @Spec private @Nullable CommandSpec spec;

  /** Reads {@code O-30} as {@link Quirk#O_30}. */
  static final class QuirkName implements ITypeConverter<Quirk> {
    @Override
    public Quirk convert(String text) {
      return Arrays.stream(Quirk.values())
          .filter(quirk -> quirk.name().equalsIgnoreCase(text.replace('-', '_')))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is no habit that can be left out"));
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (core == null || spec == null) {
      throw new IllegalStateException("picocli fills required parameters");
    }
    RunningCore running = CoreSimulator.start(config(core));
    Runtime.getRuntime().addShutdownHook(new Thread(running::close));
    tell(running, spec.commandLine().getOut());
    new CountDownLatch(1).await();
    return 0;
  }

  CoreSimulatorConfig config(Core which) {
    PcfSimulatorConfig usual = PcfSimulatorConfig.defaults();
    if (nrfPort < 0 || nrfPort > PORT_MAX) {
      throw new IllegalArgumentException("--nrf-port must be 0 to " + PORT_MAX);
    }
    PcfSimulatorConfig pcf =
        new PcfSimulatorConfig(
            address,
            0,
            0,
            Flavor.valueOf(which.name()),
            ues.isEmpty() ? usual.ues() : ues,
            qosReferences,
            usual.gapMin(),
            null,
            Set.copyOf(without));
    return new CoreSimulatorConfig(
        pcf, nrfPort, 0, which.profile().tokens() != CoreProfile.Tokens.NEVER);
  }

  private void tell(RunningCore running, PrintWriter out) {
    out.printf("%-10s %s%n", "nrf", running.nrfUri());
    out.printf("%-10s %s%n", "scp", running.scpUri());
    out.printf("%-10s %s%n", "pdu-info", running.smfInfoUri());
    out.printf("%-10s http://%s:%d%n", "pcf", address, running.pcf().port());
    out.printf("%-10s http://%s:%d%n", "control", address, running.pcf().controlPort());
    out.println("ready");
    out.flush();
  }
}

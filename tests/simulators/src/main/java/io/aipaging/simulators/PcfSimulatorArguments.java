package io.aipaging.simulators;

import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Command line of the PCF simulator: {@code --host}, {@code --port}, {@code --control-port}, {@code
 * --flavor rel18|open5gs|free5gc}, {@code --ue <address or prefix>} (repeatable), {@code
 * --qos-reference <name>} (repeatable), {@code --gap-min-ms}, {@code --spec <file>}, {@code
 * --until-stdin-closes}.
 */
record PcfSimulatorArguments(PcfSimulatorConfig config, boolean untilStdinCloses) {
  static PcfSimulatorArguments parse(String[] args) {
    PcfSimulatorConfig base = PcfSimulatorConfig.defaults();
    Reader reader = new Reader(base);
    int at = 0;
    while (at < args.length) {
      if (args[at].equals("--until-stdin-closes")) {
        reader.untilStdinCloses = true;
        at++;
      } else if (at + 1 < args.length) {
        reader.take(args[at], args[at + 1]);
        at += 2;
      } else {
        throw new IllegalArgumentException("no value for " + args[at]);
      }
    }
    return reader.done(base);
  }

  /** Collects options. */
  private static final class Reader {
    private String host;
    private int port;
    private int controlPort;
    private Flavor flavor;
    private Duration gapMin;
    private @Nullable Path spec;
    private boolean untilStdinCloses;
    private final List<String> ues = new ArrayList<>();
    private final Set<String> qosReferences = new LinkedHashSet<>();

    Reader(PcfSimulatorConfig base) {
      host = base.host();
      flavor = base.flavor();
      gapMin = base.gapMin();
      spec = base.spec();
    }

    void take(String option, String value) {
      switch (option) {
        case "--host" -> host = value;
        case "--port" -> port = Integer.parseInt(value);
        case "--control-port" -> controlPort = Integer.parseInt(value);
        case "--flavor" -> flavor = Flavor.valueOf(value.toUpperCase(Locale.ROOT));
        case "--gap-min-ms" -> gapMin = Duration.ofMillis(Long.parseLong(value));
        case "--spec" -> spec = Path.of(value);
        case "--ue" -> ues.add(value);
        case "--qos-reference" -> qosReferences.add(value);
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }

    PcfSimulatorArguments done(PcfSimulatorConfig base) {
      return new PcfSimulatorArguments(
          new PcfSimulatorConfig(
              host,
              port,
              controlPort,
              flavor,
              ues.isEmpty() ? base.ues() : ues,
              qosReferences.isEmpty() ? base.qosReferences() : qosReferences,
              gapMin,
              spec,
              base.quirksOff()),
          untilStdinCloses);
    }
  }
}

package io.aipaging.cli.run;

import io.aipaging.aexf.AgentConfig;
import io.aipaging.aexf.AgentMain;
import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.certs.DevTokenIssuer;
import io.aipaging.certs.IssuerConfig;
import io.aipaging.lab.model.MiniLmEmbedder;
import io.aipaging.lab.model.ModelServer;
import io.aipaging.nef.NefConfig;
import io.aipaging.nef.NefMain;
import io.aipaging.pcfadapter.PcfAdapterConfig;
import io.aipaging.pcfadapter.PcfAdapterMain;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.simulators.CoreSimulator;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import io.aipaging.smfadapter.SmfAdapterConfig;
import io.aipaging.smfadapter.SmfAdapterMain;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code aipaging run FUNCTION --config FILE}: one network function in this process. */
@Command(
    name = "run",
    description = {
      "Runs one network function until it is ended; says 'ready' when it serves.",
      "Keys of the file may be overridden by the environment, such as",
      "AIPAGING_AIPF_LISTENER_PORT for listener.port of the AIPF."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  /** What can be run. */
  enum Function {
    /** Development token issuer. */
    ISSUER,
    /** Simulated PCF. */
    PCF_SIMULATOR,
    /** Simulated NRF, BSF and PCF of one core. */
    CORE_SIMULATOR,
    /** AI Paging Function. */
    AIPF,
    /** PCF adapter. */
    PCF_ADAPTER,
    /** SMF adapter. */
    SMF_ADAPTER,
    /** Exposure function. */
    NEF,
    /** Anchor agent. */
    AGENT,
    /** Anchor agent with the lab's model server beside it. */
    LAB_ANCHOR;

    /** As it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  @Parameters(
      paramLabel = "FUNCTION",
      converter = FunctionName.class,
      description = {
        "issuer, pcf-simulator, core-simulator, aipf, pcf-adapter, smf-adapter, nef, agent or",
        "lab-anchor."
      })
  private @Nullable Function function;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Its configuration, YAML.")
  private @Nullable Path config;

  /** Reads {@code pcf-adapter} as {@link Function#PCF_ADAPTER}. */
  static final class FunctionName implements picocli.CommandLine.ITypeConverter<Function> {
    @Override
    public Function convert(String text) {
      return Arrays.stream(Function.values())
          .filter(function -> function.toString().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("there is no network function '" + text + "'"));
    }
  }

  @Override
  public Integer call() throws Exception {
    if (function == null || config == null) {
      throw new IllegalStateException("picocli fills required parameters");
    }
    AutoCloseable running = start(function, config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(running)));
    System.out.println("ready");
    new CountDownLatch(1).await();
    return 0;
  }

  private static void close(AutoCloseable running) {
    try {
      running.close();
    } catch (Exception e) {
      System.err.println("aipaging: not ended cleanly: " + e);
    }
  }

  private static AutoCloseable start(Function function, Path config) throws Exception {
    return switch (function) {
      case ISSUER ->
          DevTokenIssuer.start(
              load(IssuerConfig.class, config, "AIPAGING_ISSUER"), Clock.systemUTC(), null);
      case PCF_SIMULATOR ->
          PcfSimulator.start(load(PcfSimulatorConfig.class, config, "AIPAGING_PCFSIMULATOR"));
      case CORE_SIMULATOR ->
          CoreSimulator.start(load(CoreSimulatorConfig.class, config, "AIPAGING_CORESIMULATOR"));
      case AIPF ->
          AipfMain.start(load(AipfConfig.class, config, "AIPAGING_AIPF"), AipfWiring.remote());
      case PCF_ADAPTER ->
          PcfAdapterMain.start(load(PcfAdapterConfig.class, config, "AIPAGING_PCFADAPTER"));
      case SMF_ADAPTER ->
          SmfAdapterMain.start(load(SmfAdapterConfig.class, config, "AIPAGING_SMFADAPTER"));
      case NEF -> NefMain.start(load(NefConfig.class, config, "AIPAGING_NEF"));
      case AGENT ->
          AgentMain.start(load(AgentConfig.class, config, "AIPAGING_AEXF"), Clock.systemUTC());
      case LAB_ANCHOR -> labAnchor(load(AgentConfig.class, config, "AIPAGING_AEXF"));
    };
  }

  private static AutoCloseable labAnchor(AgentConfig config) {
    var model = config.anchor().model();
    ModelServer server =
        ModelServer.start(model.host(), model.port(), ModelServer.MODEL, new MiniLmEmbedder());
    AgentMain agent = AgentMain.start(config, Clock.systemUTC());
    return () -> {
      agent.close();
      server.close();
    };
  }

  private static <T extends Record> T load(Class<T> type, Path file, String prefix) {
    Map<String, String> environment = System.getenv();
    return Configuration.load(type, file, environment, prefix);
  }
}

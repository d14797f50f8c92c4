package io.aipaging.simulators;

import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import io.aipaging.simulators.pcf.RunningPcf;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A PCF in a process of its own. Prints {@code ready <port> <controlPort>} on standard output once
 * it listens, and ends when told to or, with {@code --until-stdin-closes}, with its parent.
 */
public final class PcfSimulator {
  private static final String LOGGING = "logback.configurationFile";

  private PcfSimulator() {}

  /** See {@link PcfSimulatorArguments} for the options. */
  public static void main(String[] args) throws IOException {
    // Standard output belongs to the ready line; a deployment's own choice wins.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "simulators-logback.xml");
    }
    PcfSimulatorArguments arguments = PcfSimulatorArguments.parse(args);
    RunningPcf pcf = start(arguments.config());
    Runtime.getRuntime().addShutdownHook(new Thread(pcf::close));
    System.out.println("ready " + pcf.port() + " " + pcf.controlPort());
    System.out.flush();
    if (arguments.untilStdinCloses()) {
      System.in.transferTo(OutputStream.nullOutputStream());
      Runtime.getRuntime().exit(0);
    }
  }

  /** Starts a simulated PCF inside this process. */
  public static RunningPcf start(PcfSimulatorConfig config) {
    return RunningPcf.start(config);
  }
}

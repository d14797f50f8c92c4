package io.aipaging.cli.run;

import io.aipaging.aexf.AgentMain;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.bench.PageBenchmark;
import io.aipaging.certs.DevTokenIssuer;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.cli.session.ConnectionOptions;
import io.aipaging.lab.model.Embedder;
import io.aipaging.lab.model.MiniLmEmbedder;
import io.aipaging.lab.model.ModelServer;
import io.aipaging.pcfadapter.PcfAdapterMain;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.simulators.pcf.RunningPcf;
import io.aipaging.smfadapter.SmfAdapterMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A set in this process whose functions reach each other over TLS, as if they were apart. */
public final class BenchSet {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  private static final String STALLED_UES = "127.200.";
  private static final Duration STALL = Duration.ofSeconds(30);

  private BenchSet() {}

  /**
   * Measures pages at a fresh set.
   *
   * @param stalled UEs beside whom pages are measured a second time, the core saying nothing of
   *     them; none for 0
   */
  public static PageBenchmark.Result measure(int warmUp, int pages, int stalled) throws Exception {
    Path folder =
        Files.createTempDirectory(
            Files.createDirectories(ConnectionOptions.stateFolder()), "bench-");
    Deployment deployment = new Deployment(folder, LoopbackLayout.onFreePorts(TERMS));
    AtomicReference<@Nullable PageBenchmark> benchmark = new AtomicReference<>();
    AtomicReference<RunningPcf> pcf = new AtomicReference<>();
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      start(deployment, parts, benchmark, pcf);
      return ConnectionOptions.with(
          deployment.connection(),
          aipf -> {
            PageBenchmark measuring = new PageBenchmark(aipf, BenchSet::ue);
            benchmark.set(measuring);
            PageBenchmark.Result alone = measuring.run(warmUp, pages);
            if (stalled == 0) {
              return alone;
            }
            pcf.get().stall(STALLED_UES, STALL);
            return alone.with(measuring.runBeside(alone, stalled, BenchSet::stalledUe));
          });
    } finally {
      while (!parts.isEmpty()) {
        parts.pop().close();
      }
      Folders.delete(folder);
    }
  }

  /** Every page is by another UE, so that the core's pacing per PDU session is not measured. */
  private static String ue(int number) {
    return "127." + (64 + (number >> 16)) + "." + ((number >> 8) & 255) + "." + (number & 255);
  }

  private static String stalledUe(int number) {
    return STALLED_UES + ((number >> 8) & 255) + "." + (number & 255);
  }

  private static void start(
      Deployment deployment,
      Deque<AutoCloseable> parts,
      AtomicReference<@Nullable PageBenchmark> benchmark,
      AtomicReference<RunningPcf> pcf)
      throws Exception {
    Clock clock = Clock.systemUTC();
    parts.push(DevTokenIssuer.start(deployment.issuer(), clock, null));
    RunningPcf running = PcfSimulator.start(deployment.simulation().pcf());
    parts.push(running);
    pcf.set(running);
    parts.push(PcfAdapterMain.start(deployment.pcfAdapter(deployment.simulation().pcfPeer())));
    parts.push(SmfAdapterMain.start(deployment.smfAdapter()));
    Embedder embedder = new MiniLmEmbedder();
    for (Layout.AnchorSpot spot : deployment.layout().anchors()) {
      parts.push(ModelServer.start("127.0.0.1", spot.modelPort(), ModelServer.MODEL, embedder));
      parts.push(AgentMain.start(deployment.agent(spot), clock));
    }
    parts.push(
        AipfMain.start(
            deployment.aipf(
                Path.of(System.getenv().getOrDefault("AIPAGING_ROOT", "."))
                    .resolve("helm/aipaging/files/catalog.yaml")),
            AipfWiring.remote()
                .with(deployment.catalogVariables())
                .with(
                    (stage, took) -> {
                      PageBenchmark measuring = benchmark.get();
                      if (measuring != null) {
                        measuring.took(PageBenchmark.Stage.valueOf(stage.name()), took);
                      }
                    })));
  }
}

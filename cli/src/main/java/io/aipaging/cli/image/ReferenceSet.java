package io.aipaging.cli.image;

import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.cli.deploy.Layout.AnchorSpot;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.cli.process.ChildProcess;
import io.aipaging.cli.session.ConnectionOptions;
import io.aipaging.lab.LoopbackPorts;
import io.aipaging.lab.model.MiniLmEmbedder;
import io.aipaging.lab.model.ModelServer;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.Ue;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.process.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What the functions are started beside when their caches are made or their starts are measured:
 * issuer and core on loopback, an anchor's model server in this process, and the configuration of
 * every function.
 */
final class ReferenceSet implements AutoCloseable {
  private static final Duration START_TIME = Duration.ofMinutes(3);
  private static final Duration CALL_TIME = Duration.ofSeconds(10);
  private static final Duration AGAIN_AFTER = Duration.ofMillis(100);
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          Duration.ofSeconds(2));

  private final Path folder;
  private final Deployment deployment;
  private final Path catalog;
  private final Map<Product, Integer> managementPorts = new EnumMap<>(Product.class);
  private final Parts parts = new Parts();

  /**
   * A set that is not started.
   *
   * @param folder for certificates, secrets, journals, configurations and logs
   */
  ReferenceSet(Path folder, Path catalog) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.catalog = catalog;
    this.deployment = new Deployment(folder, LoopbackLayout.onFreePorts(TERMS));
    List<Integer> free = LoopbackPorts.free(LoopbackLayout.UE, functions().size());
    for (int i = 0; i < functions().size(); i++) {
      managementPorts.put(functions().get(i), free.get(i));
    }
  }

  /** The functions it has configurations for: all but the all-in-one. */
  static List<Product> functions() {
    return List.of(
        Product.AGENT, Product.SMF_ADAPTER, Product.PCF_ADAPTER, Product.AIPF, Product.NEF);
  }

  /** Starts what is none of the functions, and waits until it serves. */
  void start() throws IOException {
    AnchorSpot anchor = anchor();
    ChildProcess issuer = child("issuer", deployment.issuer());
    ChildProcess core = child("core-simulator", deployment.simulation().core(Core.REL18));
    var _ =
        parts.keep(
            ModelServer.start(
                "127.0.0.1", anchor.modelPort(), ModelServer.MODEL, new MiniLmEmbedder()));
    issuer.awaitReady(START_TIME);
    core.awaitReady(START_TIME);
    for (Product function : functions()) {
      Files.writeString(configuration(function), Configuration.text(record(function)));
    }
  }

  private ChildProcess child(String function, Record configuration) throws IOException {
    Path file =
        Files.writeString(folder.resolve(function + ".yaml"), Configuration.text(configuration));
    return parts.keep(ChildProcess.start(List.of(), function, file, Map.of()));
  }

  private Record record(Product function) {
    var peer = deployment.simulation().corePeer(Core.REL18);
    return switch (function) {
      case AIPF -> deployment.aipf(catalog, peer);
      case NEF -> deployment.nef();
      case PCF_ADAPTER -> deployment.pcfAdapter(peer);
      case SMF_ADAPTER -> deployment.smfAdapter();
      case AGENT -> deployment.agent(anchor());
      case ALL_IN_ONE -> throw new IllegalArgumentException("no function: " + function);
    };
  }

  private AnchorSpot anchor() {
    return deployment.layout().anchors().getFirst();
  }

  /** A function's configuration file. */
  Path configuration(Product function) {
    return folder.resolve(function.imageName() + ".yaml");
  }

  /** What a function needs in its environment. */
  Map<String, String> environment(Product function) {
    Map<String, String> environment = new java.util.HashMap<>(deployment.catalogVariables());
    environment.put("AIPAGING_LOG", "WARN");
    environment.put(
        function.prefix() + "_MANAGEMENT_PORT", Integer.toString(managementPort(function)));
    return environment;
  }

  /** Where a function says whether it is ready. */
  int managementPort(Product function) {
    Integer port = managementPorts.get(function);
    if (port == null) {
      throw new IllegalArgumentException("no function: " + function);
    }
    return port;
  }

  /**
   * Pages and releases, every time for another UE, so that none waits for the core's pacing. What
   * is not served yet is asked for again.
   *
   * @param times 1 to 250
   */
  void page(int times) throws IOException {
    ConnectionOptions.with(
        deployment.connection(),
        aipf -> {
          for (int ue = 1; ue <= times; ue++) {
            page(aipf, "127.64.1." + ue);
          }
          return times;
        });
  }

  private static void page(NaipfPaging aipf, String ue) throws ImageFailed {
    Intent intent = Intent.ofText("embed my field notes, data stays in the EU");
    CreateSession wish =
        new CreateSession("aipaging", new Ue(ue, null, null, null), intent, null, 60);
    long end = System.nanoTime() + START_TIME.toNanos();
    while (System.nanoTime() < end) {
      try {
        Session session = aipf.createSession(call(), wish);
        aipf.releaseSession(call(), new ReleaseSession(session.sessionId()));
        return;
      } catch (Refusal e) {
        LockSupport.parkNanos(AGAIN_AFTER.toNanos());
      }
    }
    throw new ImageFailed("no page was served within " + START_TIME);
  }

  private static Call call() {
    return Call.within("aipaging", Instant.now(), CALL_TIME);
  }

  @Override
  public void close() {
    parts.close();
  }
}

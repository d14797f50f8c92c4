package io.aipaging.cli.run;

import io.aipaging.cli.core.CoreChoice;
import io.aipaging.cli.deploy.CorePeer;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.cli.session.ConnectionFile;
import io.aipaging.cli.session.ConnectionOptions;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.smfadapter.CorePathConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aipaging up}: a whole set in one process, on loopback. */
@Command(
    name = "up",
    description = {
      "Runs a whole set in this process, on loopback: token issuer, AIPF, exposure function,",
      "adapters, a gateway as gate, two anchors with a real embedding model. The UE is this host.",
      "Runs until Ctrl-C; other commands find it by themselves."
    },
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  @Option(
      names = "--pcf",
      paramLabel = "URI",
      description = "apiRoot of one PCF for all UEs, such as http://127.0.0.13:7777.")
  private @Nullable URI pcf;

  @Option(
      names = "--nrf",
      paramLabel = "URI",
      description = {
        "apiRoot of a core's NRF: registers there and finds each UE's PCF through the BSF,",
        "unless --pcf names one. Without --nrf and --pcf the PCF is simulated."
      })
  private @Nullable URI nrf;

  @Option(
      names = "--core",
      paramLabel = "CORE",
      defaultValue = "auto",
      converter = CoreChoice.Name.class,
      description = {
        "Whose habits that core has: rel18, open5gs, free5gc, or auto: as its NRF behaves,",
        "and rel18 where only --pcf is named (default: auto)."
      })
  private CoreChoice core = CoreChoice.AUTO;

  @Option(
      names = "--scp",
      paramLabel = "URI",
      description = "apiRoot of the core's SCP, through which its BSF and PCF are then called.")
  private @Nullable URI scp;

  @Option(
      names = "--pdu-info",
      paramLabel = "URI",
      split = ",",
      description = {
        "All SMFs of an Open5GS core, by the address of their metrics listeners, such as",
        "http://127.0.0.4:9090: they say whose an address is. Other cores' BSF says so."
      })
  private List<URI> pduInfo = List.of();

  @Option(
      names = "--core-path",
      paramLabel = "DRIVER",
      converter = PathDriver.class,
      description = {
        "Lets that core's own user-plane path follow the gate: udr-influence (free5GC) or",
        "af-route (a Release 18 core); smf-events only hears of UEs that move. Needs --nrf."
      })
  private CorePathConfig.@Nullable Driver corePath;

  @Option(
      names = "--route-profile",
      paramLabel = "NAME",
      defaultValue = "MEC1",
      description = "routeProfId that the core's SMF knows, for --core-path (default: MEC1).")
  private String routeProfile = "MEC1";

  @Option(
      names = "--address",
      paramLabel = "IP",
      defaultValue = LoopbackLayout.UE,
      description = "Where that core reaches this host (default: 127.0.0.1).")
  private String address = LoopbackLayout.UE;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "Services and anchors; default: the one of the chart.")
  private @Nullable Path catalog;

  @Override
  public Integer call() throws Exception {
    List<String> taken = LoopbackLayout.takenPorts();
    if (!taken.isEmpty()) {
      throw new IOException(taken.getFirst() + " is taken; is another 'aipaging up' running?");
    }
    Path connection = ConnectionOptions.defaultFile();
    Path folder = Files.createDirectories(ConnectionOptions.upFolder());
    Deployment deployment = new Deployment(folder, LoopbackLayout.wellKnown(TERMS));
    LocalSet set = LocalSet.start(deployment, catalog(), core());
    Files.writeString(connection, Configuration.text(deployment.connection()));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(set, connection, ended)));
    explain(deployment.connection(), deployment.layout());
    ended.await();
    return 0;
  }

  private @Nullable CorePeer core() {
    Core told = core.told();
    if (nrf == null) {
      Core habits = told == null ? Core.REL18 : told;
      if (corePath != null) {
        throw new IllegalArgumentException("--core-path needs --nrf");
      }
      return pcf == null ? null : new CorePeer(habits, null, pcf, scp, pduInfo, address, null);
    }
    Core habits = core.at(nrf, address);
    if (told == null) {
      System.err.println("aipaging: this core behaves like " + habits);
    }
    CorePeer.Path path = corePath == null ? null : new CorePeer.Path(corePath, routeProfile);
    return new CorePeer(habits, nrf, pcf, scp, pduInfo, address, path);
  }

  private static void end(LocalSet set, Path connection, CountDownLatch ended) {
    try {
      Files.deleteIfExists(connection);
      set.close();
    } catch (Exception e) {
      System.err.println("aipaging: not ended cleanly: " + e);
    }
    ended.countDown();
  }

  private Path catalog() {
    if (catalog != null) {
      return catalog;
    }
    return Path.of(System.getenv().getOrDefault("AIPAGING_ROOT", "."))
        .resolve("helm/aipaging/files/catalog.yaml");
  }

  private static void explain(ConnectionFile set, Layout layout) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("northbound", set.nefUri() + "/nnef-aipaging/v1/" + set.afId());
    facts.put("tokens", set.issuerUri() + "/oauth2/token");
    facts.put("service", layout.service().address() + ":" + layout.service().port());
    Map<String, Object> app = new LinkedHashMap<>();
    app.put("AIPAGING_ISSUER", set.issuerUri());
    app.put("AIPAGING_NEF", set.nefUri());
    app.put("AIPAGING_TRUST_FILE", set.trustFile());
    app.put("AIPAGING_CLIENT_ID", set.afId());
    app.put("AIPAGING_CLIENT_SECRET_FILE", set.afSecretFile());
    app.put("AIPAGING_UE_ADDRESS", LoopbackLayout.UE);
    System.out.println("AI-Paging is up. The UE is this host; the core is simulated unless --nrf");
    System.out.println("or --pcf named one.\n");
    facts.forEach((name, value) -> System.out.printf("  %-11s %s%n", name, value));
    System.out.println("\nTry, in another terminal:\n");
    System.out.println(
        "  ./aipaging session page --ue "
            + LoopbackLayout.UE
            + " --text \"embed my field notes, data stays in the EU\"");
    System.out.println("  ./aipaging session list");
    System.out.println("  ./aipaging session release SESSION");
    System.out.println("\nor, as a third-party app (one session per UE and service at a time):\n");
    app.forEach((name, value) -> System.out.println("  export " + name + "='" + value + "'"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    System.out.println("  " + java + " examples/EmbedMyNotes.java");
    System.out.println("\nready");
  }
}

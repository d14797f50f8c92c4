package io.aipaging.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.cli.deploy.CoreName;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.cli.run.Folders;
import io.aipaging.cli.session.ConnectionOptions;
import io.aipaging.lab.Lab;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.core.CoreProfiles.Core;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code aipaging demo}. */
@Command(
    name = "demo",
    description = {
      "Shows the whole idea working, one line per step: real sockets, real gate, real inference.",
      "As root with ip and nft the kernel is the gate, in network namespaces of its own; otherwise",
      "a forwarder in user space is."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  /** As short as they can be where eight functions that have just started share two cores. */
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          Duration.ofMillis(250),
          Duration.ofMillis(1_500));

  @Option(names = "--json", description = "Print the figures as one line of JSON at the end.")
  private boolean json;

  @Option(names = "--gateway", description = "Use the forwarder in user space even as root.")
  private boolean gateway;

  @Option(
      names = "--core",
      paramLabel = "CORE",
      defaultValue = "rel18-sim",
      converter = SimulatedCoreName.class,
      description = "Core it stands beside: rel18-sim, open5gs-sim or free5gc-sim.")
  private Core core = Core.REL18;

  /** Reads {@code open5gs-sim} as {@link Core#OPEN5GS}. */
  static final class SimulatedCoreName implements ITypeConverter<Core> {
    private static final String SUFFIX = "-sim";

    @Override
    public Core convert(String text) {
      if (!text.endsWith(SUFFIX)) {
        throw new TypeConversionException("'" + text + "' does not end in " + SUFFIX);
      }
      return new CoreName().convert(text.substring(0, text.length() - SUFFIX.length()));
    }
  }

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createDirectories(ConnectionOptions.stateFolder().resolve("demo"));
    Path run = Files.createTempDirectory(folder, "run-");
    Narrator narrator = new Narrator(System.out);
    DemoResult result;
    try (World world = world(run)) {
      Thread atExit = new Thread(world::close);
      Runtime.getRuntime().addShutdownHook(atExit);
      narrator.aside(world.mode() + ": " + world.modeReason());
      result = tell(world, narrator);
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
    if (result.ok()) {
      narrator.aside("done: every sentence was checked");
      Folders.delete(run);
    } else {
      narrator.aside("FAILED: " + result.error() + "; logs are in " + run);
    }
    if (json) {
      System.out.println(write(result));
    }
    return result.ok() ? 0 : FAILED;
  }

  private World world(Path run) {
    Path catalog = root().resolve("helm/aipaging/files/catalog.yaml");
    if (gateway) {
      return new GatewayWorld(run, catalog, TERMS, core, "as asked");
    }
    Optional<String> obstacle = Lab.unavailable();
    return obstacle.isPresent()
        ? new GatewayWorld(run, catalog, TERMS, core, obstacle.get())
        : new KernelWorld(run, catalog, TERMS, core);
  }

  private static Path root() {
    return Path.of(System.getenv().getOrDefault("AIPAGING_ROOT", ".")).toAbsolutePath();
  }

  private DemoResult tell(World world, Narrator narrator) {
    try {
      Intent intent =
          Json.MAPPER.treeToValue(
              Json.MAPPER
                  .readTree(root().resolve("examples/page-request.json").toFile())
                  .path("intent"),
              Intent.class);
      world.start();
      narrator.aside("all functions serve, over TLS 1.3 with access tokens");
      return new Story(world, narrator, intent, core).tell();
    } catch (Exception e) {
      return failed(world.mode(), core, String.valueOf(e.getMessage()));
    }
  }

  private static DemoResult failed(String mode, Core core, String error) {
    return new DemoResult(
        false,
        mode,
        core + "-sim",
        0,
        List.of(),
        0,
        new DemoResult.Moved(0, 0),
        new DemoResult.Expired(0, 0),
        new DemoResult.Proved(0, false),
        error);
  }

  private static String write(DemoResult result) {
    try {
      return Json.MAPPER.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result always serializes", e);
    }
  }
}

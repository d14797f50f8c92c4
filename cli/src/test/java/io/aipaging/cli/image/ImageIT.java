package io.aipaging.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.process.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives, run under the restrictions they are meant for, without a container engine. */
class ImageIT {
  private static final Duration READY_TIME = Duration.ofMinutes(4);
  private static final Path CATALOG = root().resolve("helm/aipaging/files/catalog.yaml");
  private static final Set<Product> FUNCTIONS = EnumSet.copyOf(ReferenceSet.functions());

  /** A cache that does not fit stops the start instead of being ignored. */
  private static final Map<String, String> CACHE_REQUIRED =
      Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");

  @TempDir static Path folder;
  private static final Map<Product, ImageBuilder.Built> BUILT = new EnumMap<>(Product.class);

  @BeforeAll
  static void buildsArchives() throws IOException {
    Sandbox.neededOrSkip();
    List<ImageBuilder.Built> built =
        new ImageBuilder(folder.resolve("build"), System.err::println, root())
            .build(FUNCTIONS, folder.resolve("archives"), true);
    List<Product> products = List.copyOf(FUNCTIONS);
    for (int i = 0; i < products.size(); i++) {
      BUILT.put(products.get(i), built.get(i));
    }
  }

  @Test
  void restrictedImagesWithTheirCachesMakeASetThatPages() throws Exception {
    Parts parts = new Parts();
    Path data = Files.createDirectories(folder.resolve("data"));
    Path catalog = Files.copy(CATALOG, data.resolve("catalog.yaml"));
    try (ReferenceSet set = new ReferenceSet(data, catalog)) {
      set.start();
      giveAway(data);
      Map<Product, Started> running = new EnumMap<>(Product.class);
      for (Product function : ReferenceSet.functions()) {
        Map<String, String> environment = new HashMap<>(set.environment(function));
        environment.putAll(CACHE_REQUIRED);
        Started started =
            unpack(function)
                .start(
                    function.imageName(),
                    data,
                    Optional.empty(),
                    environment,
                    List.of(set.configuration(function).toString()));
        running.put(function, parts.keep(started));
      }
      for (Map.Entry<Product, Started> function : running.entrySet()) {
        function.getValue().awaitReady(set.managementPort(function.getKey()), READY_TIME);
        assertThatItHasNoRights(function.getValue(), "0000000000000000");
      }
      set.page(3);
    } finally {
      parts.close();
    }
  }

  @Test
  void theKernelGateNeedsNothingButNetAdmin() throws Exception {
    Path data = Files.createDirectories(folder.resolve("gate"));
    Path config =
        Files.writeString(
            data.resolve("smf-adapter.yaml"),
            """
            gate: {enforcer-id: n6-gate, aipf-issuer: aipf-set-1, journal: %s/gate.journal}
            nftables:
              ue-devices: [ogstun]
              services: [{address: 10.9.0.1, protocol: TCP, port: 8000}]
              dnat-anchors: [10.9.1.0/24]
            aipf: {base-uri: "http://127.0.0.1:9"}
            """
                .formatted(data));
    giveAway(data);
    try (Started gate =
        unpack(Product.SMF_ADAPTER)
            .start(
                "kernel-gate",
                data,
                Optional.of("net_admin"),
                CACHE_REQUIRED,
                List.of(config.toString()))) {
      gate.awaitWords("ready ", READY_TIME);
      assertThatItHasNoRights(gate, "0000000000001000");
      String pid = Long.toString(java(gate).pid());
      assertThat(HostProgram.run(List.of("nsenter", "-t", pid, "-n", "nft", "list", "tables")))
          .contains("aipaging");
    }
  }

  @Test
  void anImageHasNoProgramButItsOwn() throws Exception {
    for (Product function : FUNCTIONS) {
      Sandbox image = unpack(function);
      Set<String> programs = new TreeSet<>();
      try (Stream<Path> files = Files.walk(image.root())) {
        files
            .filter(f -> f.getParent().toString().matches(".*/s?bin"))
            .filter(Files::isRegularFile)
            .forEach(f -> programs.add("/" + image.root().relativize(f)));
      }
      Set<String> own = new TreeSet<>(Set.of("/opt/java/bin/java"));
      function.programs().forEach(program -> own.add("/usr/sbin/" + program));
      assertThat(programs).isEqualTo(own);
      assertThat(image.config().path("User").asText()).isEqualTo("65532:65532");
      assertThat(BUILT.get(function).aot()).isTrue();
    }
  }

  @Test
  void theBillOfMaterialsNamesEveryJarAndSystemLibrary() throws Exception {
    Sandbox image = unpack(Product.AIPF);
    JsonNode sbom = Json.MAPPER.readTree(new java.io.File(image.root() + Image.SBOM));
    assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    List<String> named = new ArrayList<>();
    sbom.path("components")
        .forEach(c -> named.add(c.path("name").asText() + "-" + c.path("version").asText()));
    try (Stream<Path> jars = Files.list(Path.of(image.root() + Product.HOME + "/lib"))) {
      for (String jar : jars.map(j -> j.getFileName().toString()).toList()) {
        assertThat(jar.startsWith("nf-aipf-") || named.stream().anyMatch(jar::startsWith))
            .as(jar)
            .isTrue();
      }
    }
    assertThat(named.toString()).contains("libc.so.6").contains("OpenJDK");
  }

  @Test
  void withoutACacheTheDigestIsThatOfItsFilesWhereverTheyAreBuilt() throws Exception {
    assertThat(digest("once")).isEqualTo(digest("again"));
  }

  private static String digest(String name) throws IOException {
    return new ImageBuilder(folder.resolve(name), _ -> {}, root())
        .build(Set.of(Product.NEF), folder.resolve(name + "-archives"), false)
        .getFirst()
        .digest();
  }

  private static Sandbox unpack(Product function) throws IOException {
    Path place = Files.createTempDirectory(folder, function.imageName() + "-");
    place.toFile().setExecutable(true, false);
    return Sandbox.unpack(Path.of(BUILT.get(function).archive()), place);
  }

  private static void assertThatItHasNoRights(Started started, String butThese) throws Exception {
    String status = Files.readString(Path.of("/proc/" + java(started).pid() + "/status"));
    assertThat(status).containsPattern("Uid:\\s+65532\\s+65532").contains("NoNewPrivs:\t1");
    for (String set : List.of("CapPrm", "CapEff", "CapBnd", "CapAmb")) {
      assertThat(status).contains(set + ":\t" + butThese);
    }
    String mounts = Files.readString(Path.of("/proc/" + java(started).pid() + "/mounts"));
    assertThat(mounts.lines().filter(m -> m.split(" ")[1].equals("/")).reduce((_, last) -> last))
        .hasValueSatisfying(m -> assertThat(m.split(" ")[3]).startsWith("ro"));
  }

  /** The process of the image: what its namespace's first child has become. */
  private static ProcessHandle java(Started started) {
    long end = System.nanoTime() + READY_TIME.toNanos();
    while (System.nanoTime() < end) {
      Optional<ProcessHandle> java =
          ProcessHandle.of(started.pid()).orElseThrow().descendants().findFirst();
      if (java.isPresent()) {
        return java.get();
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("no process in the sandbox");
  }

  private static void giveAway(Path data) throws IOException {
    HostProgram.run(List.of("chown", "-R", "65532:65532", data.toString()));
  }

  private static Path root() {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(place.resolve("aipaging"))) {
      place = place.getParent();
    }
    return place;
  }
}

package io.aipaging.cli.image;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs an archive as a container engine would with all restrictions on: its own mount and process
 * namespace, a root that cannot be written, a {@code /tmp} that nothing can be executed from, user
 * 65532, no new privileges, and no capability but those that are named.
 */
final class Sandbox {
  /** Mounts, then leaves every right but the named; $1 root, $2 data, $3 capabilities. */
  private static final String SCRIPT =
      """
      root=$1; data=$2; caps=$3; shift 3
      ip link set lo up
      mount --bind "$root" "$root"
      mount -t tmpfs -o nosuid,nodev,noexec,mode=1777 tmpfs "$root/tmp"
      mkdir -p "$root$data"
      mount --bind "$data" "$root$data"
      mount -t proc proc "$root/proc"
      mount -o remount,bind,ro "$root"
      exec chroot "$root" /lib64/ld-linux-x86-64.so.2 --library-path /.outside \
        /.outside/setpriv --reuid 65532 --regid 65532 --clear-groups --no-new-privs \
        --inh-caps="-all$caps" --ambient-caps="-all$caps" --bounding-set="-all$caps" -- "$@"
      """;

  private final Path root;
  private final JsonNode config;

  private Sandbox(Path root, JsonNode config) {
    this.root = root;
    this.config = config;
  }

  /** Skips a test, with the reason, where no sandbox can be made. */
  static void neededOrSkip() throws IOException {
    String missing = "";
    for (String program : List.of("unshare", "setpriv", "chroot", "tar", "nft", "ip", "nsenter")) {
      missing += HostProgram.find(program).isPresent() ? "" : " " + program;
    }
    boolean root = System.getProperty("user.name").equals("root");
    if (root && missing.isEmpty()) {
      return;
    }
    String reason = root ? "not installed:" + missing : "not root";
    if ("1".equals(System.getenv("AIPAGING_REQUIRE_ALL"))) {
      fail("AIPAGING_REQUIRE_ALL=1, but no archive can be run: " + reason);
    }
    Assumptions.abort("no archive can be run: " + reason);
  }

  /** Unpacks an archive into an empty folder. */
  static Sandbox unpack(Path archive, Path folder) throws IOException {
    Path layout = Files.createDirectories(folder.resolve("layout"));
    Path root = Files.createDirectories(folder.resolve("root"));
    HostProgram.run(List.of("tar", "-xf", archive.toString(), "-C", layout.toString()));
    JsonNode index = Json.MAPPER.readTree(layout.resolve("index.json").toFile());
    JsonNode manifest = blob(layout, index.path("manifests").path(0));
    for (JsonNode layer : manifest.path("layers")) {
      HostProgram.run(
          List.of("tar", "-xzf", path(layout, layer).toString(), "-C", root.toString()));
    }
    Path outside = Files.createDirectories(root.resolve(".outside"));
    Path setpriv = HostProgram.find("setpriv").orElseThrow();
    Files.copy(setpriv, outside.resolve("setpriv"));
    for (Path library : SystemLibraries.of(List.of(setpriv))) {
      Files.copy(library.toRealPath(), outside.resolve(library.getFileName()));
    }
    return new Sandbox(root, blob(layout, manifest.path("config")).path("config"));
  }

  private static JsonNode blob(Path layout, JsonNode descriptor) throws IOException {
    return Json.MAPPER.readTree(path(layout, descriptor).toFile());
  }

  private static Path path(Path layout, JsonNode descriptor) {
    String digest = descriptor.path("digest").asText();
    return layout.resolve("blobs").resolve(digest.replace(':', '/'));
  }

  /** The unpacked image. */
  Path root() {
    return root;
  }

  /** What the image says of itself. */
  JsonNode config() {
    return config;
  }

  /**
   * Starts the image's entry point.
   *
   * @param data seen and writable at its place
   * @param capability such as {@code net_admin}; with one it has a network of its own
   * @param arguments instead of the image's own
   */
  Started start(
      String name,
      Path data,
      Optional<String> capability,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation"));
    command.add("private");
    capability.ifPresent(_ -> command.add("--net"));
    command.addAll(List.of("sh", "-ec", SCRIPT, "sandbox", root.toString(), data.toString()));
    command.add(capability.map(c -> ",+" + c).orElse(""));
    config.path("Entrypoint").forEach(word -> command.add(word.asText()));
    command.addAll(arguments);
    Map<String, String> all = new HashMap<>(environment);
    for (JsonNode variable : config.path("Env")) {
      String[] parts = variable.asText().split("=", 2);
      all.put(parts[0], parts[0].equals("PATH") ? System.getenv("PATH") : parts[1]);
    }
    return Started.start(name, command, all, data.resolve(name + ".log"));
  }
}

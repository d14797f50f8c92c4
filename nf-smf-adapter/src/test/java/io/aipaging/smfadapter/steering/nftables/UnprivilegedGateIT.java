package io.aipaging.smfadapter.steering.nftables;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.lab.Lab;
import io.aipaging.smfadapter.steering.LabNeeded;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kernel gate needs CAP_NET_ADMIN and nothing else, whoever runs it. */
@Timeout(120)
class UnprivilegedGateIT {
  private static final String NOBODY = "65534";

  @TempDir static Path folder;
  private static String classPath;

  @BeforeAll
  static void copyClassPath() throws IOException {
    LabNeeded.orSkip();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path copy = folder.resolve(String.valueOf(entries.size()));
      if (Files.exists(Path.of(entry))) {
        copy(Path.of(entry), Files.isDirectory(Path.of(entry)) ? copy : jar(copy));
        entries.add(Files.isDirectory(Path.of(entry)) ? copy.toString() : jar(copy).toString());
      }
    }
    classPath = String.join(File.pathSeparator, entries);
  }

  @Test
  void anyUserWithNetAdminAloneRunsAGate() throws Exception {
    assertThat(run("+net_admin")).isEqualTo("carried");
  }

  @Test
  void withoutItTheGateSaysThatItMayNot() throws Exception {
    assertThat(run("-net_admin")).startsWith("failed: ").contains("not permitted");
  }

  /** The last line it prints. */
  private static String run(String capability) throws Exception {
    try (Lab lab = Lab.open()) {
      Process gate =
          lab.start(
              lab.upf()
                  .command(
                      "setpriv",
                      "--reuid=" + NOBODY,
                      "--regid=" + NOBODY,
                      "--clear-groups",
                      "--bounding-set=-all," + capability,
                      "--inh-caps=-all," + capability,
                      "--ambient-caps=-all," + capability,
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "--enable-native-access=ALL-UNNAMED",
                      "-cp",
                      classPath,
                      UnprivilegedGate.class.getName())
                  .redirectError(ProcessBuilder.Redirect.INHERIT));
      String printed = new String(gate.getInputStream().readAllBytes(), US_ASCII);
      return printed.strip().lines().reduce("", (before, line) -> line);
    }
  }

  private static Path jar(Path copy) {
    return copy.resolveSibling(copy.getFileName() + ".jar");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()).normalize());
      }
    }
  }
}

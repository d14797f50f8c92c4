package io.aipaging.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java runtime of all images: what jlink makes of the JDK that runs this command. */
final class JavaRuntime {
  /** Where it is in an image. */
  static final String HOME = "/opt/java";

  /** What the functions and their libraries use; a test starts each of them with no more. */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.security.jgss",
          "java.sql",
          "java.xml",
          "jdk.management",
          "jdk.unsupported");

  private JavaRuntime() {}

  /**
   * Links a runtime, with the archive of the JDK's own classes, and no program but {@code java}.
   *
   * @param home folder that does not exist yet
   */
  static void link(Path home) throws IOException {
    // In a process of its own: one JVM does not link the same file again and again.
    Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
    if (!Files.isExecutable(jlink)) {
      throw new ImageFailed("no jlink here: a JDK 25 is needed, not a runtime");
    }
    HostProgram.run(
        List.of(
            jlink.toString(),
            "--add-modules",
            String.join(",", MODULES),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            home.toString()));
    keepOnlyJava(home.resolve("bin"));
    Stamp.all(home);
    HostProgram.run(List.of(java(home).toString(), "-XX:+UseSerialGC", "-Xshare:dump"));
    Stamp.all(home);
  }

  /** The launcher of a linked runtime. */
  static Path java(Path home) {
    return home.resolve("bin").resolve("java");
  }

  private static void keepOnlyJava(Path programs) throws IOException {
    try (Stream<Path> all = Files.list(programs)) {
      for (Path program : all.filter(p -> !p.endsWith("java")).toList()) {
        Files.delete(program);
      }
    }
  }
}

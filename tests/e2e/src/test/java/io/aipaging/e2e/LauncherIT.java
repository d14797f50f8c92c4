package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.e2e.Aipaging.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as it is, in a copy of the repository that has little in it: Maven is a stand-in
 * that notes when it is called and "builds" a jar that points at the class path of this test.
 */
class LauncherIT {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "env",
          "dirname",
          "readlink",
          "grep",
          "find",
          "sort",
          "cksum",
          "awk",
          "cat",
          "mkdir",
          "cp");
  private static final String USUAL_FOLDERS =
      "/usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk*";

  @TempDir Path folder;
  private Path root;
  private Path home;
  private Path bin;

  @BeforeEach
  void copyTheLauncher() throws IOException {
    root = Files.createDirectories(folder.resolve("repository"));
    home = Files.createDirectories(folder.resolve("home"));
    bin = Files.createDirectories(folder.resolve("bin"));
    script(root.resolve("aipaging"), Files.readString(Repository.root().resolve("aipaging")));
    Files.createDirectories(root.resolve(".mvn"));
    for (String module : List.of(".", "cli", "tests/lab")) {
      Files.createDirectories(root.resolve(module).resolve("src/main"));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
    }
    Files.writeString(root.resolve("cli/src/main/Some.java"), "class Some {}");
    for (String tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), onPath(tool));
    }
    Path built = folder.resolve("built.jar");
    pointAtThisClassPath(built);
    script(
        bin.resolve("mvn"),
        """
        #!/usr/bin/env bash
        echo "$JAVA_HOME $*" >>"%s"
        mkdir -p "%s/cli/target" && cp "%s" "%s/cli/target/aipaging.jar"
        echo "[INFO] Building AI-Paging :: cli 0.1.0-SNAPSHOT [1/1]"
        """
            .formatted(calls(), root, built, root));
  }

  /** Links out of a temporary folder are better removed than followed or warned about. */
  @AfterEach
  void removeLinks() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void itFindsTheJdkWhateverJavaIsOnThePathAndWhateverJavaHomeSays() throws Exception {
    Path other = otherJdk();
    Files.createSymbolicLink(bin.resolve("java"), other.resolve("bin/java"));
    Files.createSymbolicLink(bin.resolve("javac"), other.resolve("bin/javac"));
    anyJdkAtHome();

    assertRuns(Map.of("JAVA_HOME", other.toString()));
    assertRuns(Map.of("JAVA_HOME", "/nowhere"));
    assertRuns(Map.of());
  }

  @Test
  void itFindsTheJdkThatIsNamedOrOnThePath() throws Exception {
    withoutUsualFolders();
    Path jdk = Repository.java().getParent().getParent();
    assertRuns(Map.of("AIPAGING_JDK", jdk.toString()));
    assertRuns(Map.of("JAVA_HOME", jdk.toString()));
    Files.createSymbolicLink(bin.resolve("javac"), jdk.resolve("bin/javac"));
    assertRuns(Map.of());
  }

  private void assertRuns(Map<String, String> environment) throws Exception {
    Result result = run(environment, "--version");
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.out()).startsWith("AI-Paging ");
  }

  @Test
  void whereThereIsNoneItSaysHowToGetOne() throws Exception {
    withoutUsualFolders();
    Result result = run(Map.of("JAVA_HOME", otherJdk().toString()), "demo");
    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.err())
        .contains("no JDK 25 found", "apt-get install", "dnf install", "AIPAGING_JDK");
    assertThat(calls()).doesNotExist();
  }

  @Test
  void withoutMavenItSaysSo() throws Exception {
    anyJdkAtHome();
    Files.delete(bin.resolve("mvn"));
    Result result = run(Map.of(), "demo");
    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.err()).contains("Maven 3.8 or newer is needed");
  }

  @Test
  void itBuildsOnlyWhatChanged() throws Exception {
    anyJdkAtHome();
    Result first = run(Map.of(), "--help");
    assertThat(first.exitCode()).as(first.toString()).isZero();
    assertThat(first.out()).contains("Usage: aipaging", "demo", "up", "session", "evidence");
    assertThat(first.err()).contains("building (once", "building cli");

    Result second = run(Map.of(), "--help");
    assertThat(second.err()).isEmpty();
    assertThat(Files.readAllLines(calls())).hasSize(1);

    Files.writeString(root.resolve("cli/src/main/Some.java"), "class Some { int changed; }");
    assertThat(run(Map.of(), "--help").exitCode()).isZero();
    assertThat(Files.readAllLines(calls())).hasSize(2).last().asString().contains("-pl cli -am");
  }

  @Test
  void aFailedBuildIsSaidAndTriedAgain() throws Exception {
    anyJdkAtHome();
    script(bin.resolve("mvn"), "#!/usr/bin/env bash\necho '[ERROR] no such symbol'; exit 1\n");
    for (int attempt = 0; attempt < 2; attempt++) {
      Result result = run(Map.of(), "--help");
      assertThat(result.exitCode()).isEqualTo(70);
      assertThat(result.err()).contains("no such symbol", "the build failed", "build.log");
    }
  }

  @Test
  void testHasAHelpOfItsOwnAndPassesAModuleToMaven() throws Exception {
    anyJdkAtHome();
    Result help = run(Map.of(), "test", "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Usage: ./aipaging test", "AIPAGING_REQUIRE_ALL=1");
    assertThat(calls()).doesNotExist();

    assertThat(run(Map.of(), "test", "--module", "nf-aipf").exitCode()).isZero();
    assertThat(Files.readAllLines(calls()))
        .singleElement()
        .asString()
        .contains("verify -pl nf-aipf -am")
        .startsWith(home.resolve(".jdks/any").toString());
  }

  private Path calls() {
    return folder.resolve("maven-calls");
  }

  private Result run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("aipaging").toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Result(exitCode, Files.readString(out), Files.readString(err));
  }

  /** The launcher, looking for JDKs in none of the folders that this machine may have. */
  private void withoutUsualFolders() throws IOException {
    String text = Files.readString(root.resolve("aipaging"));
    assertThat(text).contains(USUAL_FOLDERS);
    Files.writeString(
        root.resolve("aipaging"), text.replace(USUAL_FOLDERS, folder + "/nothing-here/*"));
  }

  private void anyJdkAtHome() throws IOException {
    Files.createSymbolicLink(
        Files.createDirectories(home.resolve(".jdks")).resolve("any"),
        Repository.java().getParent().getParent());
    withoutUsualFolders(); // so that it is known which one is found
  }

  /** What looks like a JDK 17 and must never be run. */
  private Path otherJdk() throws IOException {
    Path jdk = Files.createDirectories(folder.resolve("jdk-17"));
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.13\"\n");
    for (String tool : List.of("java", "javac")) {
      script(jdk.resolve("bin").resolve(tool), "#!/usr/bin/env bash\nexit 17\n");
    }
    return jdk;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path onPath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + tool + " on the PATH"));
  }

  private static void pointAtThisClassPath(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
            .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }
}

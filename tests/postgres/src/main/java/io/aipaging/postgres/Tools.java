package io.aipaging.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL's own programs, run as a user they accept: they refuse root.
 *
 * @param bin folder of the programs
 * @param user who runs them when this process is root; empty when it is not
 */
record Tools(Path bin, Optional<String> user) {
  /** How long one program may take on a loaded machine. */
  private static final Duration TIME_MAX = Duration.ofSeconds(60);

  private static final List<String> NEEDED =
      List.of("postgres", "initdb", "pg_basebackup", "pg_ctl", "psql");
  private static final List<String> USERS = List.of("postgres", "nobody");

  /** What is installed here, or why it cannot be used. */
  record Found(Optional<Tools> tools, Optional<String> obstacle) {
    private static Found not(String obstacle) {
      return new Found(Optional.empty(), Optional.of(obstacle));
    }
  }

  static Found find() {
    Optional<Path> bin = folders().stream().filter(Tools::complete).findFirst();
    if (bin.isEmpty()) {
      return Found.not("no PostgreSQL server programs (package postgresql): " + NEEDED);
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return new Found(Optional.of(new Tools(bin.get(), Optional.empty())), Optional.empty());
    }
    if (!onPath("setpriv")) {
      return Found.not("PostgreSQL refuses root, and there is no setpriv to be somebody else");
    }
    Optional<String> user = USERS.stream().filter(Tools::exists).findFirst();
    return user.isEmpty()
        ? Found.not("PostgreSQL refuses root, and there is none of the users " + USERS)
        : new Found(Optional.of(new Tools(bin.get(), user)), Optional.empty());
  }

  /** Folders of the PATH, then where distributions keep what is not on it, the newest first. */
  private static List<Path> folders() {
    List<Path> folders = new ArrayList<>(path());
    for (Path root : List.of(Path.of("/usr/lib/postgresql"), Path.of("/usr"))) {
      try (Stream<Path> versions = Files.list(root)) {
        versions
            .filter(each -> each.getFileName().toString().matches("[0-9]+|pgsql-[0-9]+"))
            .sorted(Comparator.comparingInt(Tools::version).reversed())
            .forEach(each -> folders.add(each.resolve("bin")));
      } catch (IOException none) {
        // Not this distribution.
      }
    }
    return folders.stream().map(Tools::real).toList();
  }

  private static int version(Path folder) {
    return Integer.parseInt(folder.getFileName().toString().replaceAll("[^0-9]", ""));
  }

  /** Where the server of a folder really is: distributions link some programs only. */
  private static Path real(Path folder) {
    try {
      Path parent = folder.resolve("postgres").toRealPath().getParent();
      return parent == null ? folder : parent;
    } catch (IOException none) {
      return folder;
    }
  }

  private static List<Path> path() {
    String path = System.getenv("PATH");
    return path == null
        ? List.of()
        : Stream.of(path.split(":", -1)).filter(each -> !each.isEmpty()).map(Path::of).toList();
  }

  private static boolean complete(Path folder) {
    return NEEDED.stream().allMatch(tool -> Files.isExecutable(folder.resolve(tool)));
  }

  private static boolean onPath(String tool) {
    return path().stream().anyMatch(folder -> Files.isExecutable(folder.resolve(tool)));
  }

  private static boolean exists(String user) {
    try {
      return Path.of("/")
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(user)
          != null;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** A folder the user owns. */
  Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("aipaging-postgres-");
      if (user.isPresent()) {
        Files.setOwner(
            folder,
            folder
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(user.get()));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line of {@code tool}, as the user. */
  List<String> command(String tool, String... arguments) {
    return asUser(bin.resolve(tool).toString(), arguments);
  }

  /** The command line of any program, as the user. */
  List<String> asUser(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    user.ifPresent(
        name ->
            command.addAll(
                List.of("setpriv", "--reuid=" + name, "--regid=" + group(name), "--clear-groups")));
    command.add(program);
    command.addAll(List.of(arguments));
    return command;
  }

  private static String group(String user) {
    return "nobody".equals(user) ? "nogroup" : user;
  }

  /**
   * Runs a program to its end.
   *
   * @return what it printed
   */
  static String run(List<String> command, Map<String, String> environment) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.directory(Path.of("/").toFile()).environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> said =
          CompletableFuture.supplyAsync(() -> outputOf(process), Thread.ofVirtual()::start);
      boolean ended = process.waitFor(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(command.getFirst() + " failed: " + said.join().strip());
      }
      return said.join().strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String outputOf(Process process) {
    try (var stdout = process.getInputStream()) {
      return new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

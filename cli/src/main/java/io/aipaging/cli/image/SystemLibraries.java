package io.aipaging.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The libraries of the building host that native code needs: libc and a few more. */
final class SystemLibraries {
  private static final Pattern LINE =
      Pattern.compile("\\s*(?<name>\\S+)( => (?<path>\\S.*?))?( \\(0x[0-9a-f]+\\))?");
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  private SystemLibraries() {}

  /**
   * What the dynamic linker loads for {@code files}, as it is named there, without what lies beside
   * them.
   *
   * @param files programs and shared libraries
   */
  static Set<Path> of(Collection<Path> files) throws IOException {
    Set<Path> needed = new TreeSet<>();
    for (Path file : files) {
      for (String line : HostProgram.run(List.of("ldd", file.toString())).lines().toList()) {
        note(line, file, files, needed);
      }
    }
    return needed;
  }

  private static void note(String line, Path of, Collection<Path> files, Set<Path> needed)
      throws ImageFailed {
    Matcher parsed = LINE.matcher(line);
    if (!parsed.matches() || line.contains("statically linked")) {
      return;
    }
    String name = parsed.group("name");
    String path = parsed.group("path") == null ? name : parsed.group("path");
    if (path.equals("not found")) {
      // Loaded before by Java code, under its name without a version.
      if (files.stream().noneMatch(f -> name.startsWith(f.getFileName().toString()))) {
        throw new ImageFailed(of.getFileName() + " needs " + name + ", which is not found");
      }
    } else if (path.startsWith("/") && !files.contains(Path.of(path).normalize())) {
      needed.add(Path.of(path));
    }
  }

  /** Programs and shared libraries in a folder. */
  static List<Path> nativeCode(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(SystemLibraries::isElf).sorted().toList();
    }
  }

  private static boolean isElf(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return java.util.Arrays.equals(in.readNBytes(ELF.length), ELF);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

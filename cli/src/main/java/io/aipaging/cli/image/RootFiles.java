package io.aipaging.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an image has beside Java and our own files: no shell, no package manager, no set-uid. */
final class RootFiles {
  /** User and group of all images but by name. */
  static final int USER = 65_532;

  /** Mount points and folders for configuration. */
  static final List<String> FOLDERS = List.of("/dev", "/etc/aipaging", "/proc", "/sys", "/tmp");

  private static final Map<String, String> TEXTS =
      Map.of(
          "/etc/passwd",
          "root:x:0:0:root:/:/none\naipaging:x:%1$d:%1$d:aipaging:/tmp:/none\n".formatted(USER),
          "/etc/group",
          "root:x:0:\naipaging:x:%d:\n".formatted(USER),
          "/etc/protocols", // 'ip' names protocols
          "icmp 1 ICMP\ntcp 6 TCP\nudp 17 UDP\nipv6-icmp 58 IPv6-ICMP\n",
          "/etc/nsswitch.conf",
          "passwd: files\ngroup: files\nhosts: files dns\n");

  private RootFiles() {}

  /**
   * Files by their place in the image.
   *
   * @param folder empty; what has no file of its own is written there
   */
  static SortedMap<String, Path> of(Stage stage, Path folder) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    Files.createDirectories(folder);
    for (Map.Entry<String, String> text : TEXTS.entrySet()) {
      Path file = folder.resolve(Path.of(text.getKey()).getFileName());
      files.put(text.getKey(), Stamp.file(Files.writeString(file, text.getValue())));
    }
    List<Path> code = new java.util.ArrayList<>(stage.nativeCode());
    for (String name : stage.product().programs()) {
      Path program =
          HostProgram.find(name)
              .orElseThrow(
                  () ->
                      new ImageFailed(
                          stage.product().imageName() + " needs " + name + ", not found here"));
      files.put("/usr/sbin/" + name, program);
      code.add(program);
    }
    for (Path library : SystemLibraries.of(code)) {
      files.put(library.toString(), library);
    }
    return files;
  }
}

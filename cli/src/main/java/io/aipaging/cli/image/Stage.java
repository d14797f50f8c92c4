package io.aipaging.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one image has of ours, in a folder that looks like {@link Product#HOME}; it can be started
 * where it lies.
 *
 * @param product what it is
 * @param runtime home of the linked Java runtime
 * @param folder has {@code lib}, {@code native} and {@code logback.xml}
 * @param jars names of the files in {@code lib}, in the order of the class path
 */
record Stage(Product product, Path runtime, Path folder, List<String> jars) {
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-XX:MaxRAMPercentage=50",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  Stage {
    jars = List.copyOf(jars);
  }

  /** Lays a product out in an empty folder. */
  static Stage lay(Product product, Libraries libraries, Path runtime, Path folder)
      throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Path natives = Files.createDirectories(folder.resolve("native"));
    List<String> jars = new ArrayList<>();
    for (Path jar : libraries.classPath(product)) {
      String name = jar.getFileName().toString();
      Optional<NativeCode> code = NativeCode.in(jar);
      if (code.isPresent()) {
        code.get().unpack(jar, natives, lib.resolve(name));
      } else {
        Files.copy(jar, lib.resolve(name));
      }
      jars.add(name);
    }
    try (InputStream logging = Stage.class.getResourceAsStream("/logback.xml")) {
      if (logging == null) {
        throw new ImageFailed("this command has no logback.xml");
      }
      Files.copy(logging, folder.resolve("logback.xml"), StandardCopyOption.REPLACE_EXISTING);
    }
    Stamp.all(folder);
    return new Stage(product, runtime, folder, jars);
  }

  /** The command that starts it where it lies, without its arguments. */
  List<String> command(List<String> moreOptions) {
    return command(JavaRuntime.java(runtime).toString(), folder.toString(), moreOptions);
  }

  /** The command that starts it in its image, without its arguments. */
  List<String> entryPoint(List<String> moreOptions) {
    return command(
        JavaRuntime.java(Path.of(JavaRuntime.HOME)).toString(), Product.HOME, moreOptions);
  }

  private List<String> command(String java, String home, List<String> moreOptions) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(OPTIONS);
    command.addAll(NativeCode.options(home + "/native"));
    command.add("-Dlogback.configurationFile=" + home + "/logback.xml");
    command.addAll(moreOptions);
    command.add("-cp");
    command.add(String.join(":", jars.stream().map(jar -> home + "/lib/" + jar).toList()));
    command.add(product.mainClass());
    return command;
  }

  /** Programs and shared libraries of the runtime and of the libraries. */
  List<Path> nativeCode() throws IOException {
    List<Path> code = new ArrayList<>(SystemLibraries.nativeCode(runtime));
    code.addAll(SystemLibraries.nativeCode(folder.resolve("native")));
    return code;
  }
}

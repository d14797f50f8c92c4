package io.aipaging.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Native code that libraries carry in their jars for every platform and unpack at each start. An
 * image has that of its platform as files, and jars without.
 *
 * @param jar start of the jar's name
 * @param wanted entries that become files
 * @param dropped entries that the image's jar is without; empty for a jar that is left as it is
 */
record NativeCode(String jar, Pattern wanted, Optional<Pattern> dropped) {
  private static final List<NativeCode> KNOWN =
      List.of(
          stripped(
              "onnxruntime-",
              "ai/onnxruntime/native/linux-x64/.*\\.so",
              "ai/onnxruntime/native/.*"),
          stripped(
              "tokenizers-",
              "native/lib/linux-x86_64/cpu/.*\\.so",
              "native/lib/.*\\.(so|dll|dylib)"),
          stripped("rocksdbjni-", "librocksdbjni-linux64\\.so", "librocksdbjni-.*"),
          stripped(
              "netty-transport-native-epoll-",
              "META-INF/native/libnetty_transport_native_epoll_x86_64\\.so",
              "META-INF/native/.*"),
          // Signed: its manifest names every entry.
          new NativeCode(
              "AmazonCorrettoCryptoProvider-", Pattern.compile(".*\\.so"), Optional.empty()));

  private static NativeCode stripped(String jar, String wanted, String dropped) {
    return new NativeCode(jar, Pattern.compile(wanted), Optional.of(Pattern.compile(dropped)));
  }

  /** What {@code jar} is known to carry. */
  static Optional<NativeCode> in(Path jar) {
    String name = jar.getFileName().toString();
    return KNOWN.stream().filter(k -> name.startsWith(k.jar())).findFirst();
  }

  /** JVM options that let the libraries find the files in {@code folder}. */
  static List<String> options(String folder) {
    return List.of(
        "-Djava.library.path=" + folder,
        "-Donnxruntime.native.path=" + folder,
        "-DRUST_LIBRARY_PATH=" + folder + "/libtokenizers.so",
        "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true");
  }

  /** Puts the files into {@code folder} and the jar without them to {@code target}. */
  void unpack(Path source, Path folder, Path target) throws IOException {
    int found = 0;
    try (ZipFile in = new ZipFile(source.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
      for (ZipEntry entry : in.stream().map(ZipEntry.class::cast).toList()) {
        if (wanted.matcher(entry.getName()).matches()) {
          save(in, entry, folder);
          found++;
        }
        boolean kept = dropped.isEmpty() || !dropped.get().matcher(entry.getName()).matches();
        if (kept && dropped.isPresent()) {
          copy(in, entry, out);
        }
      }
    }
    if (found == 0) {
      throw new ImageFailed(source.getFileName() + " has no native code for this platform");
    }
    if (dropped.isEmpty()) {
      Files.copy(source, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void save(ZipFile in, ZipEntry entry, Path folder) throws IOException {
    Path name = Path.of(entry.getName()).getFileName();
    try (InputStream code = in.getInputStream(entry)) {
      Files.copy(code, folder.resolve(name));
    }
  }

  private static void copy(ZipFile in, ZipEntry entry, ZipOutputStream out) throws IOException {
    ZipEntry same = new ZipEntry(entry.getName());
    same.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0, 0));
    out.putNextEntry(same);
    try (InputStream content = in.getInputStream(entry)) {
      content.transferTo(out);
    }
    out.closeEntry();
  }
}

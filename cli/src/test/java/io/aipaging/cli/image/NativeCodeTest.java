package io.aipaging.cli.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native code leaves its jar and becomes a file. */
class NativeCodeTest {
  @TempDir Path folder;

  @Test
  void thatOfThisPlatformBecomesAFileAndTheJarHasNoneLeft() throws Exception {
    Path jar =
        jar("rocksdbjni-1.jar", "librocksdbjni-linux64.so", "librocksdbjni-s390x.so", "A.class");
    Path target = folder.resolve("slim.jar");

    NativeCode.in(jar).orElseThrow().unpack(jar, folder, target);

    assertThat(folder.resolve("librocksdbjni-linux64.so")).hasContent("librocksdbjni-linux64.so");
    assertThat(folder.resolve("librocksdbjni-s390x.so")).doesNotExist();
    try (ZipFile slim = new ZipFile(target.toFile())) {
      assertThat(slim.stream().map(ZipEntry::getName)).containsExactly("A.class");
    }
  }

  @Test
  void aLibraryThatNoLongerHasItStopsTheBuild() throws Exception {
    Path jar = jar("rocksdbjni-2.jar", "A.class");
    NativeCode code = NativeCode.in(jar).orElseThrow();
    assertThatThrownBy(() -> code.unpack(jar, folder, folder.resolve("slim.jar")))
        .isInstanceOf(ImageFailed.class)
        .hasMessageContaining("rocksdbjni-2.jar has no native code");
  }

  @Test
  void otherJarsHaveNone() {
    assertThat(NativeCode.in(Path.of("slf4j-api-2.0.17.jar"))).isEmpty();
  }

  private Path jar(String name, String... entries) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry : List.of(entries)) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }
}

package io.aipaging.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The chart in a folder of its own, rendered in process. The copy shows what {@code helm template}
 * of the library leaves out: the pod of {@code helm test}, as an ordinary object, and the notes, as
 * a ConfigMap.
 */
final class Chart {
  /** Release and namespace of all renderings. */
  static final String RELEASE = "aipaging";

  static final String NAMESPACE = "core";

  /** What any rendering needs that names no core of its own. */
  private static final String LEAST =
      """
      core: {nrf: {uris: ["http://nrf.core:7777"]}}
      devIssuer: {enabled: true}
      aipf: {gates: [{enforcerId: elsewhere, uri: "https://gate.example.org:7740"}]}
      """;

  private static final String NEWEST = "1.37.0";
  private final Path folder;
  private final String kubernetes;

  private Chart(Path folder, String kubernetes) {
    this.folder = folder;
    this.kubernetes = kubernetes;
  }

  /** The same chart on a cluster of that version. */
  Chart on(String version) {
    return new Chart(folder, version);
  }

  /** The repository's chart, as it is. */
  static Path source() {
    return repository().resolve("helm/aipaging");
  }

  static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("helm/aipaging"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** A copy that shows tests and notes. */
  static Chart copy() {
    Needed.helm();
    try {
      Path folder = Files.createTempDirectory("chart");
      try (Stream<Path> files = Files.walk(source())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path target = folder.resolve(source().relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
      Chart chart = new Chart(folder, NEWEST);
      chart.show();
      return chart;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show() throws IOException {
    write("least.yaml", LEAST);
    Path test = folder.resolve("templates/tests/session-list.yaml");
    Files.writeString(test, Files.readString(test).replaceAll("(?m)^    helm.sh/hook.*\n", ""));
    Path notes = folder.resolve("templates/NOTES.txt");
    write(
        "templates/notes.yaml",
        "{{- define \"shown.notes\" }}\n"
            + Files.readString(notes)
            + "{{ end -}}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\n"
            + "data:\n  notes: |\n    {{- include \"shown.notes\" . | nindent 4 }}\n");
  }

  /** Adds or replaces a file. */
  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  void delete(String name) throws IOException {
    Files.delete(folder.resolve(name));
  }

  /**
   * Renders what is least needed, and values over it.
   *
   * @param values YAML
   * @throws IllegalStateException with Helm's words when it refuses
   */
  Rendered render(String values) {
    return render(List.of("least.yaml"), values);
  }

  /**
   * Renders profiles and more values over them.
   *
   * @param profiles names of files in the chart
   */
  Rendered render(List<String> profiles, String values) {
    return render(profiles, values, RELEASE, NAMESPACE);
  }

  /** The same for a release of another name. */
  Rendered render(List<String> profiles, String values, String release, String namespace) {
    try {
      Path more = Files.createTempFile("values", ".yaml");
      Files.writeString(more, values);
      TemplateCommand command =
          new Helm(folder)
              .template()
              .withName(release)
              .withNamespace(namespace)
              .withKubeVersion(kubernetes);
      for (String profile : profiles) {
        command = command.withValuesFile(folder.resolve(profile));
      }
      String text = command.withValuesFile(more).call();
      Files.delete(more);
      return Rendered.of(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LintResult lint() {
    return new Helm(folder).lint().strict().call();
  }
}

package io.aipaging.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A catalogue with a set's own addresses written in. An AIPF reads placeholders from its process's
 * environment, which a process cannot change for itself: one that hosts the AIPF beside the rest of
 * a set hands it such a file.
 */
public final class LocalCatalog {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::-[^}]*)?\\}");

  private LocalCatalog() {}

  /**
   * Writes the file; placeholders that are not of {@code deployment} stay as they are.
   *
   * @param template catalogue, as of the chart
   * @param file where the copy goes, replaced when it exists
   * @return {@code file}
   */
  public static Path write(Deployment deployment, Path template, Path file) throws IOException {
    Map<String, String> variables = deployment.catalogVariables();
    String text =
        PLACEHOLDER
            .matcher(Files.readString(template))
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        variables.getOrDefault(found.group(1), found.group())));
    return Files.writeString(file, text);
  }
}

package io.aipaging.simulators.pcf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the specification files, which are never part of the project. */
public final class SpecFiles {
  private static final String POLICY_AUTHORIZATION = "rel18/TS29514_Npcf_PolicyAuthorization.yaml";

  private SpecFiles() {}

  /**
   * TS 29.514 below {@code AIPAGING_SPECS} or, without that variable, below {@code shared/3gpp} of
   * this folder or one above it; null when it is not there.
   */
  public static @Nullable Path policyAuthorization() {
    String named = System.getenv("AIPAGING_SPECS");
    List<Path> folders = new ArrayList<>();
    if (named == null) {
      for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
        folders.add(up.resolve("shared/3gpp"));
      }
    } else {
      folders.add(Path.of(named));
    }
    return folders.stream()
        .map(folder -> folder.resolve(POLICY_AUTHORIZATION))
        .filter(Files::isReadable)
        .findFirst()
        .orElse(null);
  }
}

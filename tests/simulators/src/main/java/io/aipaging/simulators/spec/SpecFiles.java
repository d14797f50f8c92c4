package io.aipaging.simulators.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the specification files, which are never part of the project. */
public final class SpecFiles {
  private SpecFiles() {}

  /** Npcf_PolicyAuthorization; null when it is not there. */
  public static @Nullable Path policyAuthorization() {
    return find("rel18/TS29514_Npcf_PolicyAuthorization.yaml");
  }

  /** Nnrf_NFManagement; null when it is not there. */
  public static @Nullable Path nfManagement() {
    return find("rel18/TS29510_Nnrf_NFManagement.yaml");
  }

  /** Application data of Nudr_DataRepository; null when it is not there. */
  public static @Nullable Path applicationData() {
    return find("rel18/TS29519_Application_Data.yaml");
  }

  /** Nsmf_EventExposure; null when it is not there. */
  public static @Nullable Path eventExposure() {
    return find("rel18/TS29508_Nsmf_EventExposure.yaml");
  }

  /**
   * A file below {@code AIPAGING_SPECS} or, without that variable, below {@code shared/3gpp} of
   * this folder or one above it.
   */
  private static @Nullable Path find(String file) {
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
        .map(folder -> folder.resolve(file))
        .filter(Files::isReadable)
        .findFirst()
        .orElse(null);
  }
}

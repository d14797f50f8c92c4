package io.aipaging.sbi.core;

import io.aipaging.sbi.config.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The cores there are profiles of.
 *
 * @param rel18 as the Release 18 text says
 * @param open5gs Open5GS v2.8
 * @param free5gc free5GC v4.2
 */
public record CoreProfiles(CoreProfile rel18, CoreProfile open5gs, CoreProfile free5gc) {
  private static final String FILE = "core-profiles.yaml";

  /** A core by its name in configurations. */
  public enum Core {
    REL18,
    OPEN5GS,
    FREE5GC;

    private static final CoreProfiles ALL = load();

    /** Its profile. */
    public CoreProfile profile() {
      return switch (this) {
        case REL18 -> ALL.rel18();
        case OPEN5GS -> ALL.open5gs();
        case FREE5GC -> ALL.free5gc();
      };
    }

    /** As it is written in configurations and on command lines. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static CoreProfiles load() {
    try (InputStream file = CoreProfiles.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return Configuration.parse(CoreProfiles.class, text, Map.of(), "AIPAGING_CORE_PROFILES");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.aipaging.cli.deploy;

import io.aipaging.sbi.core.CoreProfiles.Core;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code open5gs} as {@link Core#OPEN5GS}. */
public final class CoreName implements ITypeConverter<Core> {
  @Override
  public Core convert(String text) {
    return Arrays.stream(Core.values())
        .filter(core -> text.equals(core.toString()))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is none of " + Arrays.toString(Core.values())));
  }
}

package io.aipaging.cli.run;

import io.aipaging.smfadapter.CorePathConfig.Driver;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a core path driver's name, as configurations spell it. */
final class PathDriver implements ITypeConverter<Driver> {
  @Override
  public Driver convert(String text) {
    return Arrays.stream(Driver.values())
        .filter(driver -> text.equals(driver.name().toLowerCase(Locale.ROOT).replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException("udr-influence, af-route or smf-events, not " + text));
  }
}

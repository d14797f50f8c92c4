package io.aipaging.cli.core;

import io.aipaging.cli.deploy.CoreName;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.core.CoreProfiles.Core;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * Whose habits a core has.
 *
 * @param told what the user says; null leaves it to how the core behaves
 */
public record CoreChoice(@Nullable Core told) {
  /** As it behaves. */
  public static final CoreChoice AUTO = new CoreChoice(null);

  /** Reads {@code auto} or a core's name. */
  public static final class Name implements ITypeConverter<CoreChoice> {
    @Override
    public CoreChoice convert(String text) {
      return text.equals("auto") ? AUTO : new CoreChoice(new CoreName().convert(text));
    }
  }

  /**
   * What is told, else what a core shows itself as; registers there for a moment to find out.
   *
   * @param nrf {@code apiRoot} of its NRF
   * @param address own address to register
   * @throws Refusal 504 when the NRF cannot be reached
   */
  public Core at(URI nrf, String address) {
    return told != null
        ? told
        : new CoreProbe(new CoreProbe.Subject(nrf, address, null, ""), null).recognize();
  }
}

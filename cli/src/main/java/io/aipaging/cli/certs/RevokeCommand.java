package io.aipaging.cli.certs;

import io.aipaging.certs.DevPki;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aipaging certs revoke}. */
@Command(
    name = "revoke",
    description = {
      "Revokes a certificate: writes the authority's list for crl-file, good for thirty days.",
      "Running functions take it up by themselves. With neither NAME nor --serial the list is only",
      "renewed."
    },
    mixinStandardHelpOptions = true)
public final class RevokeCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The function whose certificate of now is revoked.")
  private @Nullable String name;

  @Option(
      names = "--serial",
      paramLabel = "HEX",
      description = "Serial number of another certificate, as 'show' prints it.")
  private @Nullable String serial;

  @Option(
      names = "--folder",
      required = true,
      paramLabel = "FOLDER",
      description = "The authority's folder.")
  private Path folder = Path.of("pki");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    DevPki authority = DevPki.in(folder, InstantSource.system());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    BigInteger revoked = which(authority);
    out.printf("crl-file  %s%n", authority.revoke(revoked));
    if (revoked != null) {
      out.printf("serial    %s%n", revoked.toString(16));
    }
    out.flush();
    return 0;
  }

  private @Nullable BigInteger which(DevPki authority) {
    if (name != null && serial != null) {
      throw wrong("NAME or --serial, not both");
    }
    if (serial == null) {
      return name == null ? null : authority.serial(name);
    }
    try {
      return new BigInteger(serial, 16);
    } catch (NumberFormatException e) {
      throw wrong("--serial must be hexadecimal");
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }
}

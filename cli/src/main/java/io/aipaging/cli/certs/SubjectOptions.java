package io.aipaging.cli.certs;

import io.aipaging.certs.DevPki;
import io.aipaging.certs.Subject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whom a certificate is for, and the folder of the authority. */
final class SubjectOptions {
  @Parameters(
      paramLabel = "NAME",
      description = "Name of the function and of its files, such as nf-aipf.")
  private String name = "";

  @Option(
      names = "--folder",
      required = true,
      paramLabel = "FOLDER",
      description = "The authority's folder; made when there is none.")
  private Path folder = Path.of("pki");

  @Option(names = "--dns", paramLabel = "NAME", split = ",", description = "DNS names.")
  private List<String> dns = List.of();

  @Option(names = "--ip", paramLabel = "IP", split = ",", description = "IP addresses.")
  private List<String> addresses = List.of();

  @Option(
      names = "--nf-instance",
      paramLabel = "UUID",
      description = "NF instance id, for urn:uuid:UUID (default: one made of the name).")
  private @Nullable UUID instance;

  DevPki authority() {
    return DevPki.in(folder, InstantSource.system());
  }

  Subject subject() {
    List<String> names = new ArrayList<>(dns);
    if (names.isEmpty() && addresses.isEmpty()) {
      names.add(name);
    }
    UUID own = instance;
    return new Subject(
        name,
        own == null ? UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) : own,
        names,
        addresses);
  }
}

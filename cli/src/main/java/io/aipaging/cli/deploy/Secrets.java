package io.aipaging.cli.deploy;

import io.aipaging.certs.IssuerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Client secrets of a development set: made once, kept in files of mode 0600. */
final class Secrets {
  private static final int SECRET_BYTES = 32;
  private final Path folder;

  Secrets(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file with the client's secret. */
  Path file(String clientId) {
    Path file = folder.resolve(clientId + ".secret");
    if (!Files.exists(file)) {
      byte[] bytes = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(bytes);
      try {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return file;
  }

  /** A client as the issuer knows it. */
  IssuerConfig.Client client(String id, List<String> scopes, List<String> audiences) {
    try {
      return new IssuerConfig.Client(id, Files.readString(file(id)).strip(), scopes, audiences);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.aipaging.aipf.keyfile;

import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeHashKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keys from files; messages name files, never what is in them. */
public final class KeyFiles {
  private static final long FILE_BYTES_MAX = 8_192;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private KeyFiles() {}

  /**
   * Signing keys of the Set in order of preference: the first signs, all are published.
   *
   * @param files PEM, each with a {@code PRIVATE KEY} (PKCS #8, P-256) and its {@code PUBLIC KEY}
   * @throws IllegalArgumentException naming the file that holds no such pair
   */
  public static SigningKeys signing(List<Path> files) {
    List<KeyPair> pairs = new ArrayList<>();
    for (Path file : files) {
      pairs.add(pair(file));
    }
    return SigningKeys.of(pairs);
  }

  private static KeyPair pair(Path file) {
    String text = new String(bytes(file), StandardCharsets.US_ASCII);
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(block(text, "PUBLIC KEY"))),
          factory.generatePrivate(new PKCS8EncodedKeySpec(block(text, "PRIVATE KEY"))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + " must hold a PRIVATE KEY and its PUBLIC KEY, P-256, PEM", e);
    }
  }

  private static byte[] block(String text, String label) {
    Matcher matcher = PEM.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(label)) {
        return Base64.getMimeDecoder().decode(matcher.group(2));
      }
    }
    throw new IllegalArgumentException("no " + label);
  }

  /** The key of {@code cnf.ueh}: the file's bytes, 32 or more. */
  public static UeHashKey ueHash(Path file) {
    return new UeHashKey(bytes(file));
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new IllegalArgumentException(file + " is too long for a key");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}

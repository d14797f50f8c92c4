package io.aipaging.aipf.keyfile;

import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeHashKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keys from files, and makes one; messages name files, never what is in them. */
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

  /**
   * A file with a signing key as {@link #signing} reads it; makes a fresh one, for its owner's eyes
   * only, where there is none. It is there whole or not at all, also after a power cut.
   */
  public static Path kept(Path file) {
    if (Files.notExists(file)) {
      try {
        write(file, pem(freshPair()));
      } catch (IOException e) {
        throw new UncheckedIOException(file + " cannot be written", e);
      }
    }
    return file;
  }

  private static KeyPair freshPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  private static String pem(KeyPair pair) {
    return block("PRIVATE KEY", pair.getPrivate()) + block("PUBLIC KEY", pair.getPublic());
  }

  private static String block(String label, Key key) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder, permissions("rwx------"));
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, permissions("rw-------"));
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
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

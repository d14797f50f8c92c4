package io.aipaging.aipf.keyfile;

import io.aipaging.aipf.keys.ListedKeys;
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
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads keys from files, and makes one; messages name files, never what is in them. */
public final class KeyFiles {
  private static final long FILE_BYTES_MAX = 16_384;

  private KeyFiles() {}

  /**
   * Signing keys of the Set in order of preference: the first signs, all are published.
   *
   * @param files PEM, each with one or more pairs of {@code PRIVATE KEY} (PKCS #8, P-256) and its
   *     {@code PUBLIC KEY}
   * @throws IllegalArgumentException naming the file that holds no such pair
   */
  public static SigningKeys signing(List<Path> files) {
    List<KeyPair> pairs = new ArrayList<>();
    files.forEach(file -> pairs.addAll(KeyFileText.read(file).pairs()));
    return SigningKeys.of(pairs);
  }

  /**
   * The same with the keys that are revoked, {@code REVOKED PUBLIC KEY}: those are no signing keys,
   * wherever else they stand.
   *
   * @throws IllegalArgumentException naming what is wrong
   * @throws UncheckedIOException when a file cannot be read
   */
  public static ListedKeys listed(List<Path> files) {
    List<KeyPair> pairs = new ArrayList<>();
    Set<String> revoked = new LinkedHashSet<>();
    for (Path file : files) {
      KeyFileText text = KeyFileText.read(file);
      pairs.addAll(text.pairs());
      text.revoked().forEach(key -> revoked.add(SigningKeys.kid(key)));
    }
    pairs.removeIf(pair -> revoked.contains(SigningKeys.kid(pair.getPublic())));
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("there is no key that may sign in " + files);
    }
    return new ListedKeys(SigningKeys.of(pairs).each(), revoked);
  }

  /**
   * A file with a signing key as {@link #signing} reads it; makes a fresh one, for its owner's eyes
   * only, where there is none. It is there whole or not at all, also after a power cut.
   */
  public static Path kept(Path file) {
    if (Files.notExists(file)) {
      try {
        write(file, KeyFileText.of(freshPair()).text());
      } catch (IOException e) {
        throw new UncheckedIOException(file + " cannot be written", e);
      }
    }
    return file;
  }

  static KeyPair freshPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /**
   * Replaces a file whole or not at all; a new one is for its owner alone, one that was there stays
   * whose it was, and a link leads where it led.
   */
  static void write(Path named, String text) throws IOException {
    boolean there = Files.exists(named);
    Path file = there ? named.toRealPath() : named;
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
    if (there) {
      Files.setOwner(fresh, Files.getOwner(file));
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /** The key of {@code cnf.ueh}: the file's bytes, 32 or more. */
  public static UeHashKey ueHash(Path file) {
    return new UeHashKey(bytes(file));
  }

  static byte[] bytes(Path file) {
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

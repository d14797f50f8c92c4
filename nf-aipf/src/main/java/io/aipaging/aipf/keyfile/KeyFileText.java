package io.aipaging.aipf.keyfile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a key file: pairs, the one that signs first, and public keys that are revoked.
 *
 * @param pairs P-256; a private key and its public key stand beside each other, in either order
 * @param revoked public halves
 */
record KeyFileText(List<KeyPair> pairs, List<PublicKey> revoked) {
  private static final String REVOKED = "REVOKED PUBLIC KEY";
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  KeyFileText {
    pairs = List.copyOf(pairs);
    revoked = List.copyOf(revoked);
  }

  static KeyFileText of(KeyPair pair) {
    return new KeyFileText(List.of(pair), List.of());
  }

  /** Reads a file; the message of what it throws names the file, never what is in it. */
  static KeyFileText read(Path file) {
    String text = new String(KeyFiles.bytes(file), StandardCharsets.US_ASCII);
    try {
      return parse(text);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + " must hold pairs of a PRIVATE KEY and its PUBLIC KEY, P-256, PEM", e);
    }
  }

  private static KeyFileText parse(String text) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("EC");
    List<KeyPair> pairs = new ArrayList<>();
    List<PublicKey> revoked = new ArrayList<>();
    PrivateKey privateKey = null;
    PublicKey publicKey = null;
    Matcher block = PEM.matcher(text);
    while (block.find()) {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      switch (block.group(1)) {
        case REVOKED -> revoked.add(factory.generatePublic(new X509EncodedKeySpec(der)));
        case "PUBLIC KEY" -> {
          requireFirst(publicKey);
          publicKey = factory.generatePublic(new X509EncodedKeySpec(der));
        }
        case "PRIVATE KEY" -> {
          requireFirst(privateKey);
          privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(der));
        }
        default -> throw new IllegalArgumentException("neither key nor revoked key");
      }
      if (privateKey != null && publicKey != null) {
        pairs.add(new KeyPair(publicKey, privateKey));
        privateKey = null;
        publicKey = null;
      }
    }
    if (privateKey != null || publicKey != null || pairs.isEmpty()) {
      throw new IllegalArgumentException("half a pair, or none");
    }
    return new KeyFileText(pairs, revoked);
  }

  private static void requireFirst(@Nullable Key half) {
    if (half != null) {
      throw new IllegalArgumentException("two halves of one kind");
    }
  }

  /** As it stands in the file. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (KeyPair pair : pairs) {
      text.append(block("PRIVATE KEY", pair.getPrivate()));
      text.append(block("PUBLIC KEY", pair.getPublic()));
    }
    revoked.forEach(key -> text.append(block(REVOKED, key)));
    return text.toString();
  }

  private static String block(String label, Key key) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }
}

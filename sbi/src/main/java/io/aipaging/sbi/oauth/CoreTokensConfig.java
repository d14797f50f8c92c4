package io.aipaging.sbi.oauth;

import io.aipaging.sbi.config.Default;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens of a core's NRF a listener believes, see {@link CoreTokens}.
 *
 * @param keyFile PEM: the NRF's certificate, or its public key
 * @param issuer expected {@code iss}: the NRF's instance id; null where that NRF names none
 * @param audiences accepted {@code aud}: NF type as registered, or instance id; empty where that
 *     NRF names none
 */
public record CoreTokensConfig(
    Path keyFile, @Nullable String issuer, @Default("[]") List<String> audiences) {
  private static final int BYTES_MAX = 16_384;
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  public CoreTokensConfig {
    audiences = List.copyOf(audiences);
  }

  /**
   * What is believed.
   *
   * @throws IllegalArgumentException naming the file when there is no usable key in it
   */
  CoreTokens tokens() {
    try {
      return new CoreTokens(key(), issuer, Set.copyOf(audiences));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "oauth.core.key-file: "
              + keyFile
              + " must hold a certificate or a PUBLIC KEY, RSA of"
              + " 2048 bits or more or P-256, PEM",
          e);
    }
  }

  private PublicKey key() throws IOException, GeneralSecurityException {
    if (Files.size(keyFile) > BYTES_MAX) {
      throw new IllegalArgumentException("too long");
    }
    Matcher pem = PEM.matcher(Files.readString(keyFile, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IllegalArgumentException("no PEM");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
    if (pem.group(1).equals("CERTIFICATE")) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der))
          .getPublicKey();
    }
    X509EncodedKeySpec encoded = new X509EncodedKeySpec(der);
    try {
      return KeyFactory.getInstance("RSA").generatePublic(encoded);
    } catch (GeneralSecurityException noRsa) {
      return KeyFactory.getInstance("EC").generatePublic(encoded);
    }
  }
}

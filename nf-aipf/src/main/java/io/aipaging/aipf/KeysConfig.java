package io.aipaging.aipf;

import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.Default;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The AIPF Set's keys.
 *
 * @param signingFiles PEM, pairs of a private key and its public key, P-256; the first signs. None:
 *     a key is made at the first start and kept beside the store; with the store in memory, a fresh
 *     one at every start
 * @param ueHashFile the key of {@code cnf.ueh}, shared with the anchors' agents; null when wired
 *     in-process
 * @param publishBefore how long a new key is published before it signs
 * @param retireMargin how much longer than the longest session a key that signs no more stays
 *     published
 */
public record KeysConfig(
    @Default("[]") List<Path> signingFiles,
    @Nullable Path ueHashFile,
    @Default("1m") Duration publishBefore,
    @Default("5m") Duration retireMargin) {
  public KeysConfig {
    signingFiles = List.copyOf(signingFiles);
    Check.range("publish-before", publishBefore, Duration.ofSeconds(5), Duration.ofDays(1));
    Check.range("retire-margin", retireMargin, Duration.ofSeconds(4), Duration.ofDays(1));
  }

  /** With the default times. */
  public KeysConfig(List<Path> signingFiles, @Nullable Path ueHashFile) {
    this(signingFiles, ueHashFile, Duration.ofMinutes(1), Duration.ofMinutes(5));
  }
}

package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.ServiceEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of the gate with its configuration filled in.
 *
 * @param version name of the chain that marks exactly this text as loaded
 * @param script what {@code nft -f} loads; replaces the table in one transaction
 */
record GateRuleset(String version, String script) {
  private static final String RESOURCE = "gate.nft";
  private static final int VERSION_BYTES = 6;

  static GateRuleset of(NftablesConfig config) {
    String text =
        template()
            .replace("@TABLE@", config.table())
            .replace("@UE_DEVICES@", list(config.ueDevices(), device -> '"' + device + '"'))
            .replace("@N6_DEVICES@", list(config.n6Devices(), device -> '"' + device + '"'))
            .replace("@ANCHORS@", list(config.nextHops(), next -> next.address().getHostAddress()))
            .replace("@SERVICES@", list(config.services(), GateRuleset::service));
    String version = "v_" + digest(text);
    return new GateRuleset(version, text.replace("@VERSION@", version));
  }

  /** A service address as a concatenation. */
  static String service(ServiceEndpoint service) {
    return service.address().getHostAddress()
        + " . "
        + service.protocol().name().toLowerCase(Locale.ROOT)
        + " . "
        + service.port();
  }

  private static <T> String list(Collection<T> values, Function<T, String> text) {
    List<String> sorted = values.stream().map(text).distinct().sorted().toList();
    return sorted.stream().collect(Collectors.joining(", "));
  }

  private static String template() {
    try (InputStream in = GateRuleset.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.ServiceEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The table of the gate with its configuration filled in.
 *
 * @param version name of the chain that marks exactly this text as loaded
 * @param script what {@code nft -f} loads; replaces the table in one transaction
 */
record GateRuleset(String version, String script) {
  /** Sets whose elements are configuration. */
  static final List<String> FIXED_SETS =
      List.of("ue_if", "n6_if", "anchor4", "anchor6", "service4", "service6", "place4", "place6");

  private static final String RESOURCE = "gate.nft";
  private static final int VERSION_DIGITS = 12;
  private static final int DSCP_VALUES = 64;

  static GateRuleset of(NftablesConfig config) {
    String text =
        template()
            .replace("@TABLE@", config.table())
            .replace("@UE_DEVICES@", devices(config.devices().ue()))
            .replace("@N6_DEVICES@", devices(config.devices().n6()))
            .replace("@ANCHORS4@", elements(anchors(config, true)))
            .replace("@ANCHORS6@", elements(anchors(config, false)))
            .replace(
                "@SERVICES4@", elements(config.services(true).stream().map(GateRuleset::service)))
            .replace(
                "@SERVICES6@", elements(config.services(false).stream().map(GateRuleset::service)))
            .replace("@PLACES4@", elements(config.services(true).stream().map(GateRuleset::place)))
            .replace("@PLACES6@", elements(config.services(false).stream().map(GateRuleset::place)))
            .replace("@DSCP_CHAINS@", dscpChains());
    String version = "v_" + Crypto.sha256Hex(text).substring(0, VERSION_DIGITS);
    return new GateRuleset(version, text.replace("@VERSION@", version));
  }

  private static Stream<String> anchors(NftablesConfig config, boolean v4) {
    return Stream.concat(
        config.nextHops(v4).stream().map(next -> next.address().getHostAddress()),
        config.dnatAnchors().stream().filter(prefix -> prefix.isV4() == v4).map(Prefix::toString));
  }

  private static String service(ServiceEndpoint service) {
    return place(service)
        + " . "
        + service.protocol().name().toLowerCase(Locale.ROOT)
        + " . "
        + service.port();
  }

  private static String place(ServiceEndpoint service) {
    return service.address().getHostAddress();
  }

  private static String devices(List<String> devices) {
    return elements(devices.stream().map(device -> '"' + device + '"'));
  }

  /** A set may be declared without elements, but not with none. */
  private static String elements(Stream<String> values) {
    String all = values.distinct().sorted().collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : "elements = { " + all + " }";
  }

  private static String dscpChains() {
    return IntStream.range(0, DSCP_VALUES)
        .mapToObj("  chain dscp_%1$d { ip dscp set %1$d; ip6 dscp set %1$d; }"::formatted)
        .collect(Collectors.joining("\n"));
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
}

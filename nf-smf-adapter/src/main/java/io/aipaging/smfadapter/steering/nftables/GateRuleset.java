package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.ServiceEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
  private static final int VERSION_BYTES = 6;
  private static final int DSCP_VALUES = 64;

  static GateRuleset of(NftablesConfig config) {
    String text =
        template()
            .replace("@TABLE@", config.table())
            .replace("@UE_DEVICES@", devices(config.devices().ue()))
            .replace("@N6_DEVICES@", devices(config.devices().n6()))
            .replace("@ANCHORS4@", elements(anchors(config, true)))
            .replace("@ANCHORS6@", elements(anchors(config, false)))
            .replace("@SERVICES4@", elements(services(config, true).map(GateRuleset::service)))
            .replace("@SERVICES6@", elements(services(config, false).map(GateRuleset::service)))
            .replace("@PLACES4@", elements(services(config, true).map(GateRuleset::place)))
            .replace("@PLACES6@", elements(services(config, false).map(GateRuleset::place)))
            .replace("@DSCP_CHAINS@", dscpChains());
    String version = "v_" + digest(text);
    return new GateRuleset(version, text.replace("@VERSION@", version));
  }

  private static Stream<ServiceEndpoint> services(NftablesConfig config, boolean v4) {
    return config.services().stream().filter(service -> isV4(service.address()) == v4);
  }

  private static Stream<String> anchors(NftablesConfig config, boolean v4) {
    return Stream.concat(
        config.nextHops().stream()
            .map(NextHop::address)
            .filter(address -> isV4(address) == v4)
            .map(InetAddress::getHostAddress),
        config.dnatAnchors().stream()
            .filter(prefix -> isV4(prefix.first()) == v4)
            .map(Prefix::toString));
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

  private static boolean isV4(InetAddress address) {
    return address instanceof Inet4Address;
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

package io.aipaging.sbi.nrf;

import java.util.List;

/**
 * A service of this function that its core may know about.
 *
 * @param name such as {@code naipf-paging}
 * @param apiFullVersion version of its OpenAPI file, such as {@code 1.0.0}
 * @param https whether it is served over TLS
 * @param port where it listens
 */
public record OfferedService(String name, String apiFullVersion, boolean https, int port) {
  NfProfile.NfService at(String address) {
    boolean ipv6 = address.contains(":");
    return new NfProfile.NfService(
        name,
        name,
        List.of(new NfProfile.Version("v" + apiFullVersion.split("\\.", 2)[0], apiFullVersion)),
        https ? "https" : "http",
        "REGISTERED",
        List.of(new NfProfile.IpEndPoint(ipv6 ? null : address, ipv6 ? address : null, port)));
  }
}

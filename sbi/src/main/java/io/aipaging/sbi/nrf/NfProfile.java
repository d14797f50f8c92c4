package io.aipaging.sbi.nrf;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this function tells an NRF of itself (NFProfile, TS 29.510 §6.1.6.2.2). {@code plmnList} is
 * left out: the NRF's own is meant.
 *
 * @param nfInstanceId version 4 UUID, lower case
 * @param nfType NF type
 * @param nfStatus {@code REGISTERED}
 * @param heartBeatTimer wanted seconds between heartbeats
 * @param ipv4Addresses own addresses, or null
 * @param ipv6Addresses own addresses, or null
 * @param nfServices services offered, or null for none
 * @param customInfo what the function really is
 */
record NfProfile(
    String nfInstanceId,
    String nfType,
    String nfStatus,
    int heartBeatTimer,
    @Nullable List<String> ipv4Addresses,
    @Nullable List<String> ipv6Addresses,
    @Nullable List<NfService> nfServices,
    Map<String, String> customInfo) {
  /**
   * A service (NFService, §6.1.6.2.3).
   *
   * @param serviceInstanceId unique within the profile
   * @param serviceName such as {@code naipf-paging}
   * @param versions its API versions
   * @param scheme {@code http} or {@code https}
   * @param nfServiceStatus {@code REGISTERED}
   * @param ipEndPoints where it listens
   */
  record NfService(
      String serviceInstanceId,
      String serviceName,
      List<Version> versions,
      String scheme,
      String nfServiceStatus,
      List<IpEndPoint> ipEndPoints) {}

  /** API version: {@code v1} and {@code 1.0.0}. */
  record Version(String apiVersionInUri, String apiFullVersion) {}

  /** One address and its port. */
  record IpEndPoint(@Nullable String ipv4Address, @Nullable String ipv6Address, int port) {}
}

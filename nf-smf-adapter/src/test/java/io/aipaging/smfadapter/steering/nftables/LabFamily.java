package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.LabAddresses;

/** The lab's addresses of one family. */
enum LabFamily {
  V4(LabAddresses.SERVICE, LabAddresses.UE_1, LabAddresses.UE_2),
  V6(LabAddresses.SERVICE_6, LabAddresses.UE_1_6, LabAddresses.UE_2_6);

  private final String service;
  private final String first;
  private final String second;

  LabFamily(String service, String first, String second) {
    this.service = service;
    this.first = first;
    this.second = second;
  }

  String service() {
    return service;
  }

  /** Address of UE 1 or 2. */
  String ue(int number) {
    return number == 1 ? first : second;
  }

  String anchor(AnchorSite site) {
    return this == V4 ? site.address() : site.address6();
  }

  /** An anchor's endpoint as text. */
  String endpoint(AnchorSite site) {
    return (this == V4 ? site.address() : "[" + site.address6() + "]") + ":" + LabGate.PORT;
  }
}

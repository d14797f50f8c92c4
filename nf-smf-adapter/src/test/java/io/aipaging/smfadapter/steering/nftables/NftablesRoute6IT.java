package io.aipaging.smfadapter.steering.nftables;

/** Packets are led to next hops as they are, IPv6. */
class NftablesRoute6IT extends KernelGateContract {
  NftablesRoute6IT() {
    super(LabFamily.V6, false);
  }
}

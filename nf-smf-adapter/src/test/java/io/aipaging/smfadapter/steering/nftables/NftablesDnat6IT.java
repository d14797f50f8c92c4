package io.aipaging.smfadapter.steering.nftables;

/** Destinations are rewritten, IPv6. */
class NftablesDnat6IT extends KernelGateContract {
  NftablesDnat6IT() {
    super(LabFamily.V6, true);
  }
}

package io.aipaging.smfadapter.steering.nftables;

/** Destinations are rewritten. */
class NftablesDnatIT extends KernelGateContract {
  NftablesDnatIT() {
    super(LabFamily.V4, true);
  }
}

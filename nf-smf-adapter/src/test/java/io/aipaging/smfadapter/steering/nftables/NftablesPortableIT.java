package io.aipaging.smfadapter.steering.nftables;

/** Elements are replaced, as on kernels that give one that is there no new time. */
class NftablesPortableIT extends KernelGateContract {
  NftablesPortableIT() {
    super(LabFamily.V4, false);
  }

  @Override
  boolean portable() {
    return true;
  }
}

package io.aipaging.pcfadapter.qosbinding.n5;

import io.aipaging.pcfadapter.qosbinding.PduSessions;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.bsf.BsfLookup;
import io.aipaging.sbi.bsf.BsfLookup.Said;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * PDU sessions as the BSF knows them (TS 29.521): a binding names its subscriber. No binding proves
 * nothing: a BSF that has restarted has none either.
 */
public final class BsfPduSessions implements PduSessions {
  private final BsfLookup bsf;

  /** Asks that BSF, once per address. */
  public BsfPduSessions(BsfLookup bsf) {
    this.bsf = bsf;
  }

  @Override
  public Map<UeAddress, Standing> look(Collection<UeAddress> ues) {
    Map<UeAddress, Standing> standing = new HashMap<>();
    for (UeAddress ue : ues) {
      switch (bsf.look(new BsfLookup.Sender(ue.address(), ue.prefixLength()))) {
        case Said.Bound(BsfLookup.PcfBinding binding) ->
            standing.put(ue, new Standing.Of(binding.supi()));
        case Said.Unbound() -> standing.put(ue, new Standing.Doubtful());
        case Said.Nothing() -> {
          return standing; // nor would it answer about the others
        }
      }
    }
    return standing;
  }
}

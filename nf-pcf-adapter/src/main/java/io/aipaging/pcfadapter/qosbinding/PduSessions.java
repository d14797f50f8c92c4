package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.protocol.UeAddress;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose PDU session an address belongs to now, as far as the core says. Blocks, with a bound. */
public interface PduSessions {
  /** Of a core that is not asked. */
  PduSessions UNKNOWN = ues -> Map.of();

  /** Looks addresses up; of those that are missing in the answer the core cannot say anything. */
  Map<UeAddress, Standing> look(Collection<UeAddress> ues);

  /** What the core says of one address. */
  sealed interface Standing {
    /**
     * It has a PDU session.
     *
     * @param supi whose, where the core says so; not shown by {@link #toString}
     * @param flows QoS flows that it has beside its default one; null where the core shows none
     */
    record Of(@Nullable String supi, @Nullable Integer flows) implements Standing {
      /** Of a core that shows no flows. */
      public Of(@Nullable String supi) {
        this(supi, null);
      }

      /** Keeps the SUPI out of logs. */
      @Override
      public String toString() {
        return "Of[]";
      }
    }

    /** It has none, for certain. */
    record Ended() implements Standing {}

    /** The core shows none, which may be because it has forgotten. */
    record Doubtful() implements Standing {}
  }
}

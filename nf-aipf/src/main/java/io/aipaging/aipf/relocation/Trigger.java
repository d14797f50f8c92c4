package io.aipaging.aipf.relocation;

import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A reason to move sessions (lease-protocol §5, Relocate). */
public sealed interface Trigger {
  /** Every reason in evidence's words. */
  Set<String> WORDS =
      Set.of(
          "CONSUMER_REQUEST",
          "ANCHOR_DRAINING",
          "ANCHOR_UNHEALTHY",
          "ANCHOR_LOST",
          "QOS_NOT_GUARANTEED",
          "UE_MOVED");

  /** The reason in evidence's words. */
  String word();

  /**
   * Whether a session may lose its path unless it is moved, or somebody wants it moved: such a
   * reason is exempt from the rule against moving to and fro.
   */
  default boolean forced() {
    return false;
  }

  /** A reason that concerns every session at an anchor, for as long as it lasts. */
  sealed interface OfAnchor extends Trigger {
    /** Which. */
    String anchor();
  }

  /**
   * An operator wants it.
   *
   * @param session which
   * @param target the only anchor to consider, or null for the best
   */
  record OperatorMove(SessionId session, @Nullable String target) implements Trigger {
    @Override
    public String word() {
      return "CONSUMER_REQUEST";
    }

    @Override
    public boolean forced() {
      return true;
    }
  }

  /**
   * An anchor takes no new sessions and wants to be rid of those it has.
   *
   * @param anchor which
   */
  record AnchorDraining(String anchor) implements OfAnchor {
    @Override
    public String word() {
      return "ANCHOR_DRAINING";
    }
  }

  /**
   * An anchor has not been well for some reports in a row.
   *
   * @param anchor which
   */
  record AnchorUnhealthy(String anchor) implements OfAnchor {
    @Override
    public String word() {
      return "ANCHOR_UNHEALTHY";
    }
  }

  /**
   * An anchor has not been well for so long that a session which cannot leave it is ended.
   *
   * @param anchor which
   */
  record AnchorLost(String anchor) implements OfAnchor {
    @Override
    public String word() {
      return "ANCHOR_LOST";
    }

    @Override
    public boolean forced() {
      return true;
    }
  }

  /**
   * The core no longer guarantees a session's QoS.
   *
   * @param bindingRef its binding
   */
  record QosNotGuaranteed(String bindingRef) implements Trigger {
    @Override
    public String word() {
      return "QOS_NOT_GUARANTEED";
    }
  }

  /**
   * A UE reaches the data network at another place.
   *
   * @param ue which
   * @param dnai where
   */
  record UeMoved(UeAddress ue, String dnai) implements Trigger {
    @Override
    public String word() {
      return "UE_MOVED";
    }
  }
}

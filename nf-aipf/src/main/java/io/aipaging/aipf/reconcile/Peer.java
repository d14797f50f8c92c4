package io.aipaging.aipf.reconcile;

/** Somebody who holds something for sessions. */
public sealed interface Peer {
  /** What sort of peer it is. */
  Kind kind();

  /** The sorts of peers. */
  enum Kind {
    /** Carries traffic at N6. */
    GATE,
    /** Admits traffic beside a model server. */
    ANCHOR,
    /** Keeps the core's QoS bindings. */
    QOS
  }

  /** A peer that obeys COMMITs. */
  sealed interface Enforcer extends Peer {
    /** Gate or anchor id. */
    String id();

    /** Its name in a COMMIT's {@code aud}. */
    String enforcerId();
  }

  /**
   * An N6 gate.
   *
   * @param id its enforcer id
   */
  record Gate(String id) implements Enforcer {
    @Override
    public Kind kind() {
      return Kind.GATE;
    }

    @Override
    public String enforcerId() {
      return id;
    }
  }

  /**
   * An anchor.
   *
   * @param id anchor id
   * @param enforcerId its agent's name in a COMMIT's {@code aud}
   */
  record Anchor(String id, String enforcerId) implements Enforcer {
    @Override
    public Kind kind() {
      return Kind.ANCHOR;
    }
  }

  /** The adapter in front of the core's policy control. */
  record Qos() implements Peer {
    @Override
    public Kind kind() {
      return Kind.QOS;
    }
  }
}

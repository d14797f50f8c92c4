package io.aipaging.aipf.lease;

import java.util.Set;

/**
 * Port: this process among the replicas of its AIPF Set. Any replica may move any session, because
 * the store compares versions; only a shard's owner does what nobody asked for. Does not block.
 * Thread-safe.
 */
public interface Ownership {
  /** Name of this run of this process: another one after every start. */
  String runner();

  /**
   * Whether the run with that name is still at work. A run that may be is; of the own one the
   * answer is always yes.
   */
  boolean alive(String runner);

  /** The shards this process looks after now. Empty as soon as it cannot be sure. */
  Set<Shard> owned();

  /** Tells {@code listener} of every change from now on. */
  void listen(Listener listener);

  /** Whether this process looks after a session. */
  default boolean owns(Session session) {
    return owned().contains(Shard.of(session.id()));
  }

  /** Told when there is more to look after; must return soon. */
  interface Listener {
    /** These shards are this process's now. */
    void gained(Set<Shard> shards);

    /** A run has ended: what it had under way in owned shards has to be taken over. */
    void runnerGone();
  }

  /** The only replica: every shard is its own, and no other run is alive. */
  static Ownership sole(String runner) {
    Set<Shard> all = Shard.all();
    return new Ownership() {
      @Override
      public String runner() {
        return runner;
      }

      @Override
      public boolean alive(String other) {
        return other.equals(runner);
      }

      @Override
      public Set<Shard> owned() {
        return all;
      }

      @Override
      public void listen(Listener listener) {
        // nothing ever changes
      }
    };
  }
}

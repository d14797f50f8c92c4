package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.RunnerRoster;
import io.aipaging.aipf.lease.Shard;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * This process among the replicas, over a connection of its own. Its shards are advisory locks of
 * that connection; it believes in them only for as long as the database has answered lately, which
 * is a little shorter than the others wait before they take them.
 */
final class Replica implements Ownership, AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
  private final Primary primary;
  private final Beat.Heart heart;
  private final Mail mail;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread beating;
  private final RunnerRoster roster = new RunnerRoster();
  private volatile Standing standing = Standing.NONE;
  private volatile boolean away;
  private volatile boolean closed;

  /**
   * What is known since the last answer.
   *
   * @param owned shards
   * @param until when it is no longer to be believed, {@link System#nanoTime}
   */
  private record Standing(Set<Shard> owned, long until) {
    private static final Standing NONE = new Standing(Set.of(), System.nanoTime());

    boolean holds() {
      return until - System.nanoTime() > 0;
    }
  }

  /** A replica that is there as soon as the database can be reached. */
  Replica(Primary primary, Beat.Heart heart, Mail mail) {
    this.primary = primary;
    this.heart = heart;
    this.mail = mail;
    this.beating = Thread.ofVirtual().name("aipf-replica").start(this::run);
  }

  /** Waits until the database has answered once, or for so long. */
  boolean awaitFirst(Duration atMost) {
    try {
      return first.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String runner() {
    return heart.runner();
  }

  @Override
  public boolean alive(String runner) {
    return runner.equals(heart.runner()) || !standing.holds() || roster.alive(runner);
  }

  @Override
  public Set<Shard> owned() {
    Standing now = standing;
    return now.holds() ? now.owned() : Set.of();
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Whether the database has answered lately. */
  boolean connected() {
    return standing.holds();
  }

  /** There is mail to be sent. */
  void nudge() {
    LockSupport.unpark(beating);
  }

  private void run() {
    while (!closed) {
      try (Connected on = connect()) {
        on.stay();
      } catch (RuntimeException e) {
        if (!closed) {
          LOG.atLevel(away ? Level.DEBUG : Level.WARN)
              .addKeyValue("reason", e.getMessage())
              .log("replica without database");
          away = true; // until it answers again, which is said as well
        }
      }
      standing = Standing.NONE;
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  private Connected connect() {
    Map<String, String> settings =
        Map.of("synchronous_commit", "off", "statement_timeout", "1000", "lock_timeout", "1000");
    Link link = primary.open(new Primary.Settings(settings), Beat.DEAD_AFTER);
    return new Connected(link);
  }

  /** From when the connection is made until it is lost. */
  private final class Connected implements AutoCloseable {
    private final Link link;
    private Set<Shard> held = Set.of();
    private Set<Shard> givenUp = Set.of();

    private Connected(Link link) {
      this.link = link;
      link.whenGone(
          () -> {
            standing = Standing.NONE;
            nudge();
          });
    }

    private void stay() {
      mail.listen(link);
      long due = System.nanoTime();
      while (!closed && link.open()) {
        if (System.nanoTime() - due >= 0) {
          due = beat() ? System.nanoTime() : System.nanoTime() + INTERVAL.toNanos();
        }
        mail.send(link);
        long wait = Math.min(due - System.nanoTime(), mail.pause().toNanos());
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        }
      }
    }

    /** Returns whether another one should follow at once, to give shards back. */
    private boolean beat() {
      long asked = System.nanoTime();
      roster.asking();
      Beat answer = Beat.on(link, heart, held, givenUp);
      Set<Shard> now = new TreeSet<>(held);
      now.removeAll(givenUp);
      now.addAll(answer.gained());
      held = Set.copyOf(now);
      givenUp = surplus(now, answer.share());
      now.removeAll(givenUp);
      boolean someGone = roster.heard(answer.alive());
      standing = new Standing(Set.copyOf(now), asked + Beat.DEAD_AFTER.toNanos());
      if (!link.open()) {
        standing = Standing.NONE; // it was lost after it had answered
        return false;
      }
      first.countDown();
      if (away) {
        away = false;
        LOG.warn("replica with database again");
      }
      tell(answer, someGone);
      return !givenUp.isEmpty();
    }

    @Override
    public void close() {
      standing = Standing.NONE;
      roster.lost();
      if (closed && link.open()) {
        try {
          String leave = "DELETE FROM replica WHERE runner = $1";
          var _ = link.ask(leave, Tuple.of(heart.runner()), INTERVAL);
        } catch (RuntimeException e) {
          LOG.atDebug().addKeyValue("reason", e.getMessage()).log("left without a word");
        }
      }
      link.close();
    }
  }

  private static Set<Shard> surplus(Set<Shard> held, int share) {
    return held.stream()
        .sorted()
        .skip(share)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private void tell(Beat answer, boolean someGone) {
    if (!answer.gained().isEmpty()) {
      LOG.atInfo()
          .addKeyValue("gained", answer.gained().size())
          .addKeyValue("owned", standing.owned().size())
          .addKeyValue("replicas", answer.present())
          .log("shards taken over");
      listeners.forEach(listener -> listener.gained(answer.gained()));
    }
    if (someGone) {
      listeners.forEach(Listener::runnerGone);
    }
  }

  @Override
  public void close() {
    closed = true;
    nudge();
    try {
      beating.join(Beat.DEAD_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

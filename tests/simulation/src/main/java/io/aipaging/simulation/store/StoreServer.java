package io.aipaging.simulation.store;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.lease.memory.InMemoryLeaseStore;
import io.aipaging.protocol.SessionId;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Effects;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Signal;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.network.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The database. What it has committed it keeps, also when the answer is lost; what it has not
 * committed when it dies is gone. Nobody sees anything before it is durable.
 */
public final class StoreServer {
  private static final int SESSIONS_MAX = 200;
  private final Node node;
  private final Timeline timeline;
  private final LeaseStore rows;
  private final BiConsumer<Life, Transition> ledger;
  private final Map<SessionId, Signal> changes = new HashMap<>();
  final Network network;
  final Effects effects;
  final Chance chance;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final ShardLocks locks = new ShardLocks();
  private long crashes;

  /**
   * An empty database.
   *
   * @param surroundings what it works in
   * @param ledger told of every transition at the instant it is durable, and whose it is
   */
  public StoreServer(Node node, Surroundings surroundings, BiConsumer<Life, Transition> ledger) {
    this.node = node;
    this.timeline = surroundings.timeline();
    this.network = surroundings.network();
    this.effects = surroundings.effects();
    this.chance = surroundings.chance();
    this.rows = new InMemoryLeaseStore(SESSIONS_MAX, Duration.ofDays(1));
    this.ledger = ledger;
  }

  /** What a database works in. */
  public record Surroundings(Timeline timeline, Network network, Effects effects, Chance chance) {}

  /** Its node. */
  public Node node() {
    return node;
  }

  /** What is durable, as only the observer may look at it. */
  public LeaseStore rows() {
    return rows;
  }

  /** Durable sessions that are not over, by id. */
  public List<Session> alive() {
    return rows.list(SessionQuery.ALL, SESSIONS_MAX, null).sessions().stream()
        .filter(session -> !session.terminal())
        .toList();
  }

  /** It starts with everything it had committed. */
  public void begin() {
    var _ = node.begin();
  }

  /** It dies with everything it had not committed. */
  public void crash() {
    crashes++;
    locks.clear();
    node.crash();
  }

  ShardLocks locks() {
    return locks;
  }

  Timeline timeline() {
    return timeline;
  }

  /** Tells one life of the server from another. */
  long epoch() {
    return crashes;
  }

  /**
   * A replica hears of what others commit.
   *
   * @param life whose connection it is
   * @param heard told of sessions; by a coroutine of that life
   * @param missed told that something may not have been heard
   */
  void subscribe(Life life, Consumer<SessionId> heard, Runnable missed) {
    Subscriber subscriber = new Subscriber(life, heard, missed);
    subscribers.add(subscriber);
    life.atEnd(() -> subscribers.remove(subscriber));
  }

  private record Subscriber(Life life, Consumer<SessionId> heard, Runnable missed) {}

  private void tellOthers(Life writer, SessionId id) {
    for (Subscriber subscriber : subscribers) {
      Life reader = subscriber.life();
      if (reader == writer) {
        continue;
      }
      if (network.passes(node, reader.node())) {
        timeline.after(
            chance.between(100_000, 5_000_000),
            reader,
            () -> timeline.start(reader, () -> subscriber.heard().accept(id)));
      } else {
        subscriber.missed().run();
      }
    }
  }

  AppendResult commit(Life writer, Transition transition) {
    AppendResult result = rows.append(transition);
    if (result instanceof AppendResult.Appended) {
      ledger.accept(writer, transition);
      tellOthers(writer, transition.after().id());
      Signal signal = changes.remove(transition.after().id());
      if (signal != null) {
        signal.fire();
      }
    }
    return result;
  }

  void awaitChange(SessionId id, long nanos) {
    changes.computeIfAbsent(id, _ -> new Signal(timeline)).await(nanos);
  }
}

package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes transitions over one connection: whatever comes while one call is under way goes with the
 * next, in one round trip and one commit. Each keeps its own answer.
 */
final class Lane implements AutoCloseable {
  /** Transitions in one call: more would make the first wait for the last. */
  static final int TOGETHER_MAX = 128;

  /** Transitions that may wait; more are refused. */
  static final int WAITING_MAX = 8_192;

  private static final int TRIES_MAX = 3;
  private final BlockingQueue<Append> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final Line line;
  private final String runner;
  private final Thread writer;

  Lane(Line line, String runner, int number) {
    this.line = line;
    this.runner = runner;
    this.writer = Thread.ofVirtual().name("aipf-append-" + number).start(this::run);
  }

  /** Takes {@code append} along; its result says what became of it. */
  void add(Append append) {
    if (!waiting.offer(append)) {
      throw new StoreUnavailable("too much waits for the database");
    }
  }

  private void run() {
    List<Append> together = new ArrayList<>(TOGETHER_MAX);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        together.add(waiting.take());
        waiting.drainTo(together, TOGETHER_MAX - 1);
        together.removeIf(Append::abandoned);
        together.sort(Comparator.comparing(append -> append.row().id()));
        write(together, 1);
      } catch (InterruptedException e) {
        break;
      } finally {
        together.clear();
      }
    }
  }

  private void write(List<Append> appends, int attempt) {
    if (appends.isEmpty()) {
      return;
    }
    try {
      List<Append> again = settle(appends, line.with((link, left) -> called(link, appends, left)));
      if (!again.isEmpty() && attempt == TRIES_MAX) {
        throw new StoreUnavailable("an obstacle came and went " + TRIES_MAX + " times");
      }
      write(again, attempt + 1);
    } catch (Failures.Rejected e) {
      if (appends.size() == 1) {
        fail(appends, e);
      } else {
        appends.forEach(append -> write(List.of(append), attempt)); // spare the others
      }
    } catch (RuntimeException e) {
      fail(appends, e);
    }
  }

  private RowSet<Row> called(Link link, List<Append> appends, Duration left) {
    var _ = link.warned();
    RowSet<Row> answer = link.ask(AppendCall.SQL, AppendCall.arguments(appends, runner), left);
    if (link.warned()) {
      link.close();
      throw new Doubtful();
    }
    return answer;
  }

  /**
   * The server answered with a warning, as it does when somebody makes it commit without its
   * standby: what was written may be lost with the server.
   */
  private static final class Doubtful extends IllegalStateException {
    private static final long serialVersionUID = 1L;
  }

  private static List<Append> settle(List<Append> appends, RowSet<Row> answer) {
    List<Append> again = new ArrayList<>();
    int n = 0;
    for (Row row : answer) {
      Append append = appends.get(n++);
      switch (row.getString(0)) {
        case "A" -> append.appended(row.getString(1));
        case "R" -> again.add(append);
        default -> append.result().complete(refusal(row));
      }
    }
    return again;
  }

  /** What the answer {@code outcome, previous, current} of a transition that failed says. */
  static AppendResult refusal(Row row) {
    Session current = session(row.getBuffer(2));
    return switch (row.getString(0)) {
      case "K" -> new AppendResult.KeyInUse(present(current));
      case "F" -> new AppendResult.FlowInUse(present(current));
      default -> new AppendResult.Stale(current);
    };
  }

  private static @Nullable Session session(@Nullable Buffer body) {
    return body == null ? null : SessionCodec.read(body.getBytes());
  }

  private static Session present(@Nullable Session owner) {
    if (owner == null) {
      throw new IllegalStateException("an obstacle without its session");
    }
    return owner;
  }

  private static void fail(List<Append> appends, RuntimeException e) {
    RuntimeException told =
        e instanceof Doubtful ? new StoreUnavailable("the database committed with a warning") : e;
    appends.forEach(append -> append.result().completeExceptionally(told));
  }

  @Override
  public void close() {
    writer.interrupt();
    line.close();
  }
}

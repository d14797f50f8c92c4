package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.StoreUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to whichever of the database's servers takes writes. All are asked at once, so
 * that one which does not answer delays nobody. A server that was the primary once and has come
 * back is told by its timeline, which is older than the one seen since.
 */
final class Primary {
  /** How much longer the others may take once one has answered. */
  private static final Duration GRACE = Duration.ofMillis(100);

  private static final int PIPELINED_MAX = 1_024;
  private static final int STATEMENT_CHARACTERS_MAX = 8_192;
  private static final String STANDING =
      "SELECT CASE WHEN pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'"
          + " THEN 0 ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int"
          + " END AS timeline";

  private final Vertx vertx;
  private final List<PgConnectOptions> servers = new ArrayList<>();
  private final Duration timeout;
  private final Knock knock;
  private final AtomicLong newest = new AtomicLong();
  private volatile long openedAt = System.nanoTime();

  /**
   * The servers of one database.
   *
   * @param timeout longest wait for a connection
   */
  Primary(Vertx vertx, PostgresUri uri, Duration timeout) {
    this.vertx = vertx;
    this.timeout = timeout;
    this.knock = new Knock(vertx, timeout);
    for (PostgresUri.Host host : uri.hosts()) {
      servers.add(options(uri, host));
    }
  }

  /** What a connection is set to when it is opened, besides the server's own settings. */
  record Settings(Map<String, String> properties) {
    /**
     * For statements that are over in {@code timeout} or not at all, and whose commits are on disk
     * when they are answered, the standby's included, whatever the database is set to.
     */
    static Settings bounded(Duration timeout) {
      String ms = Long.toString(timeout.toMillis());
      return new Settings(
          Map.of(
              "statement_timeout",
              ms,
              "lock_timeout",
              ms,
              "client_min_messages",
              "warning",
              "synchronous_commit",
              "on"));
    }
  }

  private static PgConnectOptions options(PostgresUri uri, PostgresUri.Host host) {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(host.name())
            .setPort(host.port())
            .setDatabase(uri.database())
            .setUser(uri.user())
            .setPassword(uri.password() == null ? "" : uri.password())
            .setPipeliningLimit(PIPELINED_MAX)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheSqlLimit(STATEMENT_CHARACTERS_MAX)
            .addProperty("application_name", "aipaging-aipf");
    PostgresUri.Tls tls = uri.tls();
    if (tls.root() != null) {
      ClientSSLOptions ssl =
          new ClientSSLOptions()
              .setTrustOptions(new PemTrustOptions().addCertPath(tls.root().toString()))
              .setHostnameVerificationAlgorithm(tls.hostNames() ? "HTTPS" : "");
      if (tls.certificate() != null && tls.key() != null) {
        ssl.setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(tls.certificate().toString())
                .addKeyPath(tls.key().toString()));
      }
      options
          .setSslMode(tls.hostNames() ? SslMode.VERIFY_FULL : SslMode.VERIFY_CA)
          .setSslOptions(ssl);
    }
    return options;
  }

  private record Answer(@Nullable Link link, long timeline, @Nullable Throwable failure) {
    static Answer none(Throwable failure) {
      return new Answer(null, 0, failure);
    }

    boolean usable() {
      return link != null;
    }

    void dismiss() {
      if (link != null) {
        link.close();
      }
    }
  }

  /** A new connection to the server that takes writes. */
  Link open(Settings settings, Duration atMost) {
    Duration bound = atMost.compareTo(timeout) < 0 ? atMost : timeout;
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    AtomicBoolean settled = new AtomicBoolean();
    for (PgConnectOptions server : servers) {
      PgConnectOptions options = new PgConnectOptions(server);
      settings.properties().forEach(options::addProperty);
      ask(options, bound)
          .onComplete(
              answer -> {
                answers.add(answer.succeeded() ? answer.result() : Answer.none(answer.cause()));
                if (settled.get()) {
                  answers.forEach(Answer::dismiss);
                }
              });
    }
    Answer best = best(answers, System.nanoTime() + bound.toNanos());
    settled.set(true);
    answers.forEach(Answer::dismiss);
    if (best.link() == null) {
      String nobody = "none of the database's " + servers.size() + " servers takes writes";
      throw best.failure() == null
          ? new StoreUnavailable(nobody)
          : new StoreUnavailable(nobody, Failures.of(best.failure()));
    }
    newest.accumulateAndGet(best.timeline(), Math::max);
    openedAt = System.nanoTime();
    return best.link();
  }

  /** Whether a connection was opened after {@code nanoTime}. */
  boolean openedSince(long nanoTime) {
    return openedAt - nanoTime > 0;
  }

  private Future<Answer> ask(PgConnectOptions server, Duration atMost) {
    return knock
        .at(server, atMost)
        .compose(alive -> Link.connect(vertx, server, atMost))
        .compose(
            link ->
                link.asked(STANDING)
                    .timeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
                    .map(rows -> judged(link, rows.iterator().next().getInteger(0)))
                    .onFailure(failure -> link.close()));
  }

  private Answer judged(Link link, int timeline) {
    if (timeline > 0 && timeline >= newest.get()) {
      return new Answer(link, timeline, null);
    }
    link.close();
    return Answer.none(
        new StoreUnavailable(timeline > 0 ? "a server was left behind" : "a server is read-only"));
  }

  private Answer best(BlockingQueue<Answer> answers, long end) {
    Answer best = new Answer(null, 0, null);
    long latest = end;
    try {
      for (int missing = servers.size(); missing > 0; missing--) {
        Answer next = answers.poll(latest - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          break;
        }
        if (next.usable() && !best.usable()) {
          latest = Math.min(end, System.nanoTime() + GRACE.toNanos());
        }
        if (next.timeline() > best.timeline()) {
          best.dismiss();
          best = next;
        } else if (best.usable()) {
          next.dismiss();
        } else {
          best = next; // its failure is told if nobody does better
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return best;
  }
}

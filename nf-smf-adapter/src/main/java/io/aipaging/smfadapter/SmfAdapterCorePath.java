package io.aipaging.smfadapter;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.ReportUeMoved;
import io.aipaging.sbi.bsf.BsfLookup;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.HttpNpcfadapterQosbinding;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.nrf.NfPeers;
import io.aipaging.sbi.nrf.Nrf;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.oauth.KeySource;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.process.Outbox;
import io.aipaging.sbi.process.Parts;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.corepath.AfRoute;
import io.aipaging.smfadapter.steering.corepath.CorePathDriver;
import io.aipaging.smfadapter.steering.corepath.CorePaths;
import io.aipaging.smfadapter.steering.corepath.PathAnswers;
import io.aipaging.smfadapter.steering.corepath.PathChange;
import io.aipaging.smfadapter.steering.corepath.PathConfig;
import io.aipaging.smfadapter.steering.corepath.PathFollower;
import io.aipaging.smfadapter.steering.corepath.PathIds;
import io.aipaging.smfadapter.steering.corepath.PathNotifications;
import io.aipaging.smfadapter.steering.corepath.PathObserver;
import io.aipaging.smfadapter.steering.corepath.SmfEvents;
import io.aipaging.smfadapter.steering.corepath.UdrInfluence;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Composes what makes the core's own path follow a gate. */
final class SmfAdapterCorePath {
  private static final NfPeers.Kind UDR = new NfPeers.Kind("UDR", "nudr-dr");
  private static final NfPeers.Kind SMF = new NfPeers.Kind("SMF", SmfEvents.SERVICE);

  /** An SMF that exposes no events, but asks for answers. */
  private static final NfPeers.Kind SMF_OF_SESSIONS = new NfPeers.Kind("SMF", "nsmf-pdusession");

  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(5);
  private static final int MOVES_WAITING_MAX = 10_000;
  private static final int DESKS = 16;
  private static final Duration SUBSCRIBED_FOR = Duration.ofMinutes(10);
  private static final int NOTIF_ID_BYTES = 16;

  private final CorePathConfig config;
  private final String enforcerId;
  private final InstantSource clock;
  private final Surroundings around;

  /** What the process has. */
  record Surroundings(Parts parts, Vertx vertx, Metrics metrics, @Nullable NaipfEvents events) {}

  SmfAdapterCorePath(
      CorePathConfig config, String enforcerId, InstantSource clock, Surroundings around) {
    this.config = config;
    this.enforcerId = enforcerId;
    this.clock = clock;
    this.around = around;
  }

  /** The same gate with the core following it. */
  SteeringDriver following(SteeringDriver gate) {
    Parts parts = around.parts();
    CoreProfile profile = config.core().profile();
    Nrf nrf =
        parts.keep(
            Nrf.open(
                config.nrf(), profile, new Nrf.Who("nf-smf-adapter", List.of()), around.vertx()));
    NfPeers core = new NfPeers(nrf, config.nrf(), client -> client, profile, around.vertx());
    AtomicReference<@Nullable PathFollower> behind = new AtomicReference<>();
    String base = listen(behind);
    parts.keep(core);
    PathIds ids = parts.keep(PathIds.open(config.journal(), enforcerId));
    Consumer<PathChange> answers = desks(core);
    PathFollower follower =
        new PathFollower(
            new PathFollower.Ports(paths(core, base), ids, observer(answers), System::nanoTime),
            new PathConfig(
                config.lateWithin(), RETRY_AFTER, SUBSCRIBED_FOR.dividedBy(2), CLOSE_WITHIN),
            SmfAdapterCorePath::notifId);
    behind.set(follower);
    parts.keep(follower);
    parts.regularly("core-path-tick", TICK, follower::tick);
    parts.aside("core-path", follower::run);
    return new CorePathDriver(gate, follower);
  }

  private CorePaths paths(NfPeers core, String base) {
    return switch (config.driver()) {
      case UDR_INFLUENCE -> influence(core, base);
      case AF_ROUTE -> routes(base);
      case SMF_EVENTS -> events(core, base);
    };
  }

  private AfRoute routes(String base) {
    CorePathConfig.PcfAdapter peer = Objects.requireNonNull(config.pcfAdapter());
    ClientCredentialsConfig token = peer.token();
    Parts parts = around.parts();
    TokenSource tokens =
        token == null ? TokenSource.none() : parts.keep(token.open(around.vertx()));
    SbiClient client = parts.keep(SbiClient.create(peer.client(), tokens, clock, around.vertx()));
    long keep = config.keepOldPath().toSeconds();
    return new AfRoute(
        new HttpNpcfadapterQosbinding(client),
        new AfRoute.Habits(
            enforcerId,
            clock,
            TOLD_WITHIN,
            config.routeProfile(),
            base,
            keep == 0 ? null : Math.toIntExact(keep)));
  }

  private UdrInfluence influence(NfPeers core, String base) {
    return new UdrInfluence(
        BsfLookup.among(core, config.nrf().answerWithin()),
        () -> core.named(UDR),
        uri -> core.reached(UDR, uri),
        new UdrInfluence.Habits(config.routeProfile(), base, config.nrf().answerWithin()));
  }

  private SmfEvents events(NfPeers core, String base) {
    return new SmfEvents(
        BsfLookup.among(core, config.nrf().answerWithin()),
        () -> core.named(SMF),
        uri -> core.reached(SMF, uri),
        new SmfEvents.Habits(base, SUBSCRIBED_FOR, clock, config.nrf().answerWithin()));
  }

  /** Listens for notifications; where the core reaches them, ending in a slash. */
  private String listen(AtomicReference<@Nullable PathFollower> behind) {
    ListenerConfig listener = config.callback().listener();
    TokenPolicy nobody = new TokenPolicy("none", Set.of("none"), KeySource.of(Map.of()));
    SbiServer server =
        around
            .parts()
            .keep(
                SbiServer.builder(listener, nobody, clock)
                    .vertx(around.vertx())
                    .metrics(around.metrics())
                    .forOutsiders()
                    .route(new PathNotifications(behind::get).route())
                    .start());
    return listener.reachedAt(server.port(), config.callback().publicUri())
        + PathNotifications.PATH;
  }

  /** Answers the changes of one path one after the other, those of others beside it. */
  private Consumer<PathChange> desks(NfPeers core) {
    PathAnswers answers =
        new PathAnswers(
            around.events(),
            ackUri -> smf(core, ackUri),
            new PathAnswers.Habits(
                enforcerId, clock, config.routeProfile(), TOLD_WITHIN, config.nrf().answerWithin()),
            status ->
                around.metrics().counter("smfadapter.core.acks", "status", status).increment());
    List<Outbox<PathChange>> desks = new ArrayList<>();
    for (int i = 0; i < DESKS; i++) {
      Outbox<PathChange> desk =
          new Outbox<>(
              MOVES_WAITING_MAX / DESKS,
              PathChange::notifId,
              change -> {
                answered(answers, change);
                return true;
              });
      around.parts().aside("path-answers", desk);
      desks.add(desk);
    }
    return change -> desks.get(Math.floorMod(change.notifId().hashCode(), DESKS)).add(change);
  }

  /** Whatever goes wrong with one answer, the others are given. */
  private void answered(PathAnswers answers, PathChange change) {
    try {
      answers.answer(change);
    } catch (RuntimeException e) {
      outcome("ANSWER_FAILED");
    }
  }

  /** A notification may come from anybody who has seen its URI; its answer goes to an SMF only. */
  private @Nullable RawClient smf(NfPeers core, URI ackUri) {
    String host = ackUri.getHost();
    URI apiRoot = ackUri.resolve("/");
    if (host != null && config.ackHosts().contains(host)) {
      return core.reached(SMF, apiRoot);
    }
    return host == null
        ? null
        : Stream.of(SMF, SMF_OF_SESSIONS)
            .filter(kind -> core.named(kind).stream().anyMatch(smf -> leads(smf, apiRoot)))
            .findFirst()
            .map(kind -> core.reached(kind, apiRoot))
            .orElse(null);
  }

  private static boolean leads(URI smf, URI apiRoot) {
    return apiRoot.equals(smf.resolve("/"));
  }

  private PathObserver observer(Consumer<PathChange> answers) {
    NaipfEvents events = around.events();
    Outbox<ReportUeMoved> moves =
        new Outbox<>(
            MOVES_WAITING_MAX,
            ReportUeMoved::ueAddress,
            move -> events == null || told(events, move));
    around.parts().aside("ue-moves", moves);
    return new PathObserver() {
      @Override
      public void steered() {
        outcome("STEERED");
      }

      @Override
      public void leftToGate(String cause) {
        outcome(cause);
      }

      @Override
      public void changes(PathChange change) {
        if (!change.wanted()) {
          outcome("MOVED_BY_CORE");
        }
        if (change.ackUri() != null) {
          answers.accept(change);
        } else {
          moves.add(new ReportUeMoved(change.flow().ue().toString(), change.dnai()));
        }
      }
    };
  }

  private void outcome(String what) {
    around.metrics().counter("smfadapter.core.path", "outcome", what).increment();
  }

  private boolean told(NaipfEvents events, ReportUeMoved move) {
    try {
      var _ = events.reportUeMoved(Call.within(enforcerId, clock.instant(), TOLD_WITHIN), move);
      return true;
    } catch (Refusal e) {
      return e.status() == 404 || e.status() == 400;
    }
  }

  private static String notifId() {
    byte[] bytes = new byte[NOTIF_ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

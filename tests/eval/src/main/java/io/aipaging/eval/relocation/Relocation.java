package io.aipaging.eval.relocation;

import io.aipaging.eval.Child;
import io.aipaging.eval.Echo;
import io.aipaging.eval.Mode;
import io.aipaging.eval.Site;
import io.aipaging.lab.AnchorSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Sessions that move between two anchors under load, in the right order and in the wrong one. */
public final class Relocation {
  private static final long MARGIN_MS = 100;
  private static final int BREAKS_PER_MOVE = 5;
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final Site site;
  private final Consumer<String> told;
  private final Child gate;
  private final Map<String, Child> anchors;
  private int sessions;

  private Relocation(Site site, Child gate, Map<String, Child> anchors, Consumer<String> told) {
    this.site = site;
    this.gate = gate;
    this.anchors = anchors;
    this.told = told;
  }

  /**
   * Runs the experiment; needs root.
   *
   * @param folder for keys and journals; exists
   * @param moves make-before-break moves of each of four sessions; a fifth of that, but at least
   *     one, of each kind of break
   * @param told each line for people as soon as there is one
   */
  public static RelocationResult run(Path folder, int moves, Consumer<String> told)
      throws Exception {
    try (Site site = Site.open(folder);
        Echo a = new Echo(site.anchor(AnchorSite.A));
        Echo b = new Echo(site.anchor(AnchorSite.B));
        Child gate = site.startGate(MARGIN_MS);
        Child anchorA = site.startAnchor(AnchorSite.A);
        Child anchorB = site.startAnchor(AnchorSite.B)) {
      var _ = a.datagrams(Site.service()).datagrams(Mode.DNAT.anchor(AnchorSite.A));
      var _ = b.datagrams(Site.service()).datagrams(Mode.DNAT.anchor(AnchorSite.B));
      Relocation relocation = new Relocation(site, gate, Map.of("a", anchorA, "b", anchorB), told);
      List<RelocationResult.Part> parts = new ArrayList<>();
      for (Mode mode : Mode.values()) {
        for (Style style : Style.values()) {
          int count =
              style == Style.MAKE_BEFORE_BREAK ? moves : Math.max(1, moves / BREAKS_PER_MOVE);
          parts.add(relocation.part(mode, style, count));
        }
      }
      return RelocationResult.of(parts);
    }
  }

  /** A session of datagrams and one of requests move, each {@code count} times. */
  private RelocationResult.Part part(Mode mode, Style style, int count) throws Exception {
    MovingSession.Parties parties = new MovingSession.Parties(site.commits(), gate, anchors, mode);
    MovingSession datagrams = session(parties, "UDP");
    MovingSession requests = session(parties, "TCP");
    String token = site.commits().token(lastSession(), requests.ue());
    List<HttpTraffic> http = new ArrayList<>();
    List<FutureTask<Boolean>> running = new ArrayList<>();
    try (UdpTraffic udp = site.lab().ue().call(() -> new UdpTraffic(datagrams.ue()))) {
      running.add(start(udp::send));
      for (HttpTraffic.Kind kind : HttpTraffic.Kind.values()) {
        HttpTraffic traffic = new HttpTraffic(kind, requests.ue(), token);
        http.add(traffic);
        running.add(start(traffic::send));
      }
      Thread.sleep(WARM_UP);
      for (int move = 0; move < count; move++) {
        style.move(datagrams);
        style.move(requests);
        Thread.sleep(MovingSession.DRAIN.plus(BETWEEN));
      }
      udp.end();
      http.forEach(HttpTraffic::end);
      await(running);
      return tell(mode, style, 2 * count, udp, http);
    }
  }

  private MovingSession session(MovingSession.Parties parties, String transport)
      throws IOException {
    sessions++;
    return new MovingSession(parties, lastSession(), site.newUe(), transport);
  }

  private String lastSession() {
    return "session-%04d".formatted(sessions);
  }

  private FutureTask<Boolean> start(Runnable sending) {
    Callable<Boolean> inside =
        () -> {
          sending.run();
          return true;
        };
    FutureTask<Boolean> task = new FutureTask<>(() -> site.lab().ue().call(inside));
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private static void await(List<FutureTask<Boolean>> running) throws Exception {
    for (FutureTask<Boolean> task : running) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IOException("traffic failed", e);
      }
    }
  }

  private RelocationResult.Part tell(
      Mode mode, Style style, int moves, UdpTraffic udp, List<HttpTraffic> http) {
    told.accept(
        String.format(
            Locale.ROOT,
            "%-5s %-25s %3d moves; datagrams %6d, lost %d",
            mode.name().toLowerCase(Locale.ROOT),
            style.title(),
            moves,
            udp.sent(),
            udp.lost()));
    for (HttpTraffic traffic : http) {
      told.accept(
          String.format(
              Locale.ROOT,
              "        requests, %-6s %6d, failed %d",
              traffic.kind().name().toLowerCase(Locale.ROOT),
              traffic.requests(),
              traffic.failed()));
      traffic.failures().forEach(failure -> told.accept("          " + failure));
    }
    return new RelocationResult.Part(
        style,
        moves,
        udp.sent(),
        udp.lost(),
        http.stream().mapToInt(HttpTraffic::requests).sum(),
        http.stream().mapToInt(HttpTraffic::failed).sum());
  }
}

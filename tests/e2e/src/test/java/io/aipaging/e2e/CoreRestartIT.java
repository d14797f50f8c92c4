package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.Aipf;
import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.Session;
import io.aipaging.sbi.config.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PCF that restarts in the middle of a thousand live sessions has forgotten all of them. */
class CoreRestartIT {
  private static final int SESSIONS = 1_000;
  private static final int AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** So long that no renewal and no expiry has a part in it. */
  private static final Layout.Terms LONG =
      new Layout.Terms(
          Duration.ofMinutes(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  @TempDir Path folder;

  @Test
  void noSessionIsLostAndNoBindingLeaked() throws Exception {
    try (BreakableSet set = new BreakableSet(folder, LONG, SESSIONS);
        Aipf aipf = aipf(set);
        ExecutorService some = Executors.newFixedThreadPool(AT_ONCE)) {
      Await.until(PATIENCE, "a first page", () -> isPaged(set));
      List<Session> sessions = each(some, ues(), set::page);
      assertThat(set.core.appSessions()).isEqualTo(SESSIONS);
      Set<String> before = new HashSet<>(set.core.appSessionIds());

      set.core.control("POST", "/restart", "");

      Await.until(PATIENCE, "all bindings again", () -> set.core.appSessions() == SESSIONS);
      assertThat(set.core.appSessionIds()).doesNotContainAnyElementsOf(before);
      assertThat(active(set)).isEqualTo(SESSIONS);
      var _ =
          each(
              some,
              sessions,
              session -> {
                set.release(session);
                return session;
              });
      set.awaitNothingLeft();
      assertThat(set.core.violations()).isEmpty();
    }
  }

  private static Aipf aipf(BreakableSet set) {
    AipfConfig config =
        Configuration.parse(
            AipfConfig.class,
            Configuration.text(set.deployment.aipf(Repository.catalog())),
            Map.of("AIPAGING_AIPF_LIMITS_RECONCILE_INTERVAL", "500ms"),
            "AIPAGING_AIPF");
    return AipfMain.start(
        config,
        AipfWiring.remote()
            .with(set.deployment.catalogVariables())
            .with(sentence -> new float[] {1, 0, 0}));
  }

  /** The anchors have been found well; nothing stays of it. */
  private static boolean isPaged(BreakableSet set) throws Exception {
    try {
      set.release(set.page());
      set.awaitNothingLeft();
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  private static List<String> ues() {
    List<String> ues = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      ues.add("127.100." + i / 250 + "." + (1 + i % 250));
    }
    return ues;
  }

  private static <A, B> List<B> each(ExecutorService some, List<A> all, Function<A, B> work)
      throws Exception {
    List<Future<B>> under = all.stream().map(one -> some.submit(() -> work.apply(one))).toList();
    List<B> done = new ArrayList<>();
    for (Future<B> one : under) {
      done.add(one.get());
    }
    return done;
  }

  private static int active(BreakableSet set) {
    int active = 0;
    String page = null;
    do {
      var listed =
          set.operatorView()
              .listSessions(set.call(), new ListSessions("ACTIVE", null, null, 200, page));
      active += listed.sessions().size();
      page = listed.nextPageToken();
    } while (page != null);
    return active;
  }
}

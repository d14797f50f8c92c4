package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.aipf.KeysConfig;
import io.aipaging.aipf.StoreConfig;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** An AIPF whose database answers nothing, or answers and commits nothing. */
class LostStoreIT {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(6),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  /** From when the database is lost until every call that had begun before is over. */
  private static final Duration NOTICED = Duration.ofSeconds(4);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void withoutItsDatabaseOrTheStandbyLeasesRunOutAndNobodyIsLiedTo() throws Exception {
    Needed.postgres();
    try (Cluster cluster = Cluster.start();
        Neighbours neighbours = Neighbours.start(folder, TERMS)) {
      AipfConfig alone = neighbours.deployment().aipf(Repository.catalog());
      Path key = folder.resolve("key");
      var _ = AipfMain.signingKeys(alone.with(StoreConfig.rocksDb(key)));
      KeysConfig keys =
          new KeysConfig(List.of(key.resolve("signing-key.pem")), alone.keys().ueHashFile());
      Path uri = Files.writeString(folder.resolve("database"), cluster.uri());
      neighbours.keep(
          AipfMain.start(
              alone.with(keys, StoreConfig.postgreSql(uri)),
              AipfWiring.remote().with(neighbours.deployment().catalogVariables())));
      expectHonesty(neighbours, "127.5.0.", cluster.primary()::freeze, cluster.primary()::thaw);
      expectHonesty(neighbours, "127.5.1.", cluster.standby()::kill, cluster.standby()::restart);
    }
  }

  private static void expectHonesty(Neighbours neighbours, String ues, Runnable lose, Runnable find)
      throws Exception {
    Doors doors = neighbours.doors();
    Session session = Pages.await(doors, ues + "1");
    awaitReadiness(neighbours, 200);
    Instant lost = Instant.now();
    lose.run();
    assertThat(UeTraffic.served(session)).as("nothing else changes").isTrue();
    awaitReadiness(neighbours, 503);
    expectRefusal(() -> Pages.once(doors, ues + "2"));
    RenewSession longer = new RenewSession(session.sessionId(), 900);
    Refusal late =
        catchThrowableOfType(
            Refusal.class, () -> doors.any().renewSession(Neighbours.call(), longer));
    if (late == null || !late.problemCause().equals("INCOMPATIBLE_STATE")) {
      expectRetryAfter(late); // else its lease is almost over, which is as good a reason
    }
    expectLeaseToRunOut(neighbours, session, lost);
    find.run();
    awaitReadiness(neighbours, 200);
    Await.until(
        Inspection.PATIENCE, "an honest end", () -> state(doors, session).equals("EXPIRED"));
    Session next = Pages.await(doors, ues + "1");
    doors.any().releaseSession(Neighbours.call(), new ReleaseSession(next.sessionId()));
  }

  private static String state(Doors doors, Session session) {
    return doors.find(Inspection.PATIENCE, session.sessionId()).orElseThrow().state();
  }

  private static void awaitReadiness(Neighbours neighbours, int status) throws Exception {
    Await.until(
        Inspection.PATIENCE,
        "readiness " + status,
        () -> neighbours.readiness().statusCode() == status);
  }

  private static void expectRefusal(Runnable call) {
    expectRetryAfter(catchThrowableOfType(Refusal.class, call::run));
  }

  private static void expectRetryAfter(@Nullable Refusal refusal) {
    assertThat(refusal).as("an answer without a store").isNotNull();
    assertThat(refusal.status()).as(refusal.detail()).isEqualTo(503);
    assertThat(refusal.retryAfter()).as("Retry-After").isNotNull();
  }

  /** Also what was signed and could not be committed is over then: it may be committed later. */
  private static void expectLeaseToRunOut(Neighbours neighbours, Session session, Instant lost)
      throws Exception {
    Instant last = lost.plus(NOTICED).plus(TERMS.leaseTerm());
    Await.until(
        Inspection.PATIENCE,
        "the end of all that was granted",
        () -> {
          assertThat(neighbours.held())
              .allSatisfy(held -> assertThat(held.until()).as("%s", held).isBefore(last));
          return Instant.now().isAfter(last);
        });
    assertThat(neighbours.held()).isEmpty();
    assertThat(UeTraffic.served(session)).isFalse();
  }
}

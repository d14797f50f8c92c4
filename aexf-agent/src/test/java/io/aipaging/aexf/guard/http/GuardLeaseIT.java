package io.aipaging.aexf.guard.http;

import static io.aipaging.aexf.guard.http.GuardKit.LEASE;
import static io.aipaging.aexf.guard.http.GuardKit.SESSION;
import static io.aipaging.aexf.guard.http.GuardKit.UE;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.EndScope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lease's drain and end do to connections, and streaming in between. */
class GuardLeaseIT {
  private static final Duration TERM = Duration.ofSeconds(60);

  @TempDir Path directory;
  private GuardKit kit;

  @BeforeEach
  void start() {
    kit = new GuardKit(directory);
  }

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test // L5.31
  void eventsArriveOneByOneUntilTheLeaseExpiresAndNotAMomentLonger() throws Exception {
    Instant exp = Instant.now().plusMillis(2_000);
    kit.admit(Duration.between(Instant.now(), exp));
    try (RawClient client = streaming()) {
      client.readUntil("data: ");
      Instant first = Instant.now();
      assertThat(first).isBefore(exp.minusMillis(200));
      client.readUntil("\n\n");
      client.readToEnd();
      assertThat(Instant.now()).isBetween(exp.minusMillis(200), exp.plusMillis(500));
    }
    Await.until("the model server is let go", () -> kit.model.streams.get() == 0);
    Await.until("nothing is in flight", () -> kit.inFlight() == 0);
  }

  @Test // L1.1
  void anEndCutsWhatIsInFlightAtOnce() throws Exception {
    kit.admit(TERM);
    try (RawClient client = streaming()) {
      client.readUntil("data: ");
      assertThat(kit.inFlight()).isEqualTo(1);
      long begin = System.nanoTime();
      kit.apply(kit.commits().end(LEASE, SESSION, ++kit.gen, EndScope.SESSION, Instant.now()));
      client.readToEnd();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }
    Await.until("the model server is let go", () -> kit.model.streams.get() == 0);
  }

  @Test
  void anotherSessionsStreamIsNotTouchedByAnEnd() throws Exception {
    kit.admit(TERM);
    String other = "session-0002";
    kit.admit(other, "lease-0002", kit.commits().ue("127.0.0.2"), TERM);
    try (RawClient client = streaming();
        RawClient second = new RawClient("127.0.0.2", kit.port())) {
      second.get("/v1/events", "Authorization", "Bearer " + kit.token(other, "127.0.0.2"));
      client.readUntil("data: ");
      second.readUntil("data: ");
      kit.apply(kit.commits().end(LEASE, SESSION, ++kit.gen, EndScope.SESSION, Instant.now()));
      client.readToEnd();
      second.readUntil("data: ");
    }
  }

  @Test
  void aRenewalLetsTheStreamGoOn() throws Exception {
    kit.admit(Duration.ofMillis(1_500));
    Instant firstExp = Instant.now().plusMillis(1_500);
    try (RawClient client = streaming()) {
      client.readUntil("data: ");
      kit.apply(kit.commits().serve(LEASE, SESSION, ++kit.gen, Instant.now(), TERM));
      while (Instant.now().isBefore(firstExp.plusMillis(300))) {
        client.readUntil("data: ");
      }
    }
  }

  @Test
  void aDrainingSessionIsAskedToComeBackOnANewConnectionAndStillServed() throws Exception {
    kit.admit(TERM);
    String token = "Bearer " + kit.token(SESSION, UE);
    try (RawClient busy = streaming();
        RawClient idle = new RawClient(UE, kit.port())) {
      busy.readUntil("data: ");
      idle.get("/v1/echo", "Authorization", token);
      assertThat(idle.answer()).contains("200 OK").doesNotContain("connection: close");
      drain(Duration.ofSeconds(30));
      idle.get("/v1/echo", "Authorization", token);
      assertThat(idle.answer().toLowerCase()).contains("200 ok").contains("connection: close");
      assertThat(idle.readToEnd()).as("closed, not reset").isEmpty();
      busy.readUntil("data: ");
      try (RawClient fresh = new RawClient(UE, kit.port())) {
        fresh.get("/v1/echo", "Authorization", token);
        assertThat(fresh.answer().toLowerCase()).contains("200 ok").contains("connection: close");
        assertThat(fresh.readToEnd()).isEmpty();
      }
    }
  }

  @Test
  void anIdleConnectionIsClosedShortlyBeforeItsDrainEnds() throws Exception {
    kit.admit(TERM);
    try (RawClient idle = new RawClient(UE, kit.port())) {
      idle.get("/v1/echo", "Authorization", "Bearer " + kit.token(SESSION, UE));
      idle.answer();
      long begin = System.nanoTime();
      drain(Duration.ofSeconds(4));
      assertThat(idle.readToEnd()).as("closed, not reset").isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void anAnswerThatBeganBeforeTheDrainDoesNotCloseItsConnectionUnannounced() throws Exception {
    kit.admit(TERM);
    String token = "Bearer " + kit.token(SESSION, UE);
    try (RawClient client = new RawClient(UE, kit.port())) {
      client.get("/v1/late", "Authorization", token);
      client.readUntil("begun");
      drain(Duration.ofSeconds(30));
      kit.model.endLate();
      client.readUntil("\r\n0\r\n\r\n");
      client.get("/v1/echo", "Authorization", token);
      assertThat(client.answer().toLowerCase()).contains("200 ok").contains("connection: close");
      assertThat(client.readToEnd()).as("closed, not reset").isEmpty();
    }
  }

  @Test
  void theEndOfADrainCutsWhatIsLeft() throws Exception {
    kit.admit(TERM);
    try (RawClient client = streaming()) {
      client.readUntil("data: ");
      drain(Duration.ofMillis(700));
      long begin = System.nanoTime();
      client.readToEnd();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void aSessionThatServesAgainKeepsItsConnections() throws Exception {
    kit.admit(TERM);
    drain(Duration.ofSeconds(30));
    kit.apply(kit.commits().serve(LEASE, SESSION, ++kit.gen, Instant.now(), TERM));
    try (RawClient client = new RawClient(UE, kit.port())) {
      for (int i = 0; i < 2; i++) {
        client.get("/v1/echo", "Authorization", "Bearer " + kit.token(SESSION, UE));
        assertThat(client.answer().toLowerCase()).doesNotContain("connection: close");
      }
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsTheModelServerBack() throws Exception {
    kit.admit(TERM);
    try (RawClient client = new RawClient(UE, kit.port())) {
      client.get("/v1/flood", "Authorization", "Bearer " + kit.token(SESSION, UE));
      client.readUntil("\r\n\r\n");
      Await.until("the model server is held back", this::pouringHasStopped);
      assertThat(kit.model.poured.get()).isLessThan(FakeModel.FLOOD_BYTES / 4);
    }
    Await.until("nothing is in flight", () -> kit.inFlight() == 0);
  }

  private boolean pouringHasStopped() throws InterruptedException {
    long before = kit.model.poured.get();
    Thread.sleep(300);
    return before > 0 && kit.model.poured.get() == before;
  }

  @Test
  void aClientThatGoesAwayFreesTheModelServer() throws Exception {
    kit.admit(TERM);
    try (RawClient client = streaming()) {
      client.readUntil("data: ");
    }
    Await.until("the model server is let go", () -> kit.model.streams.get() == 0);
    Await.until("nothing is in flight", () -> kit.inFlight() == 0);
  }

  @Test
  void anAnswerTheModelServerBreaksOffIsNotMadeToLookWhole() throws Exception {
    kit.admit(TERM);
    try (RawClient client = new RawClient(UE, kit.port())) {
      client.get("/v1/break", "Authorization", "Bearer " + kit.token(SESSION, UE));
      assertThat(client.readToEnd()).contains("half of it").doesNotContain("\r\n0\r\n");
    }
    Await.until("nothing is in flight", () -> kit.inFlight() == 0);
  }

  private RawClient streaming() throws Exception {
    RawClient client = new RawClient(UE, kit.port());
    client.get("/v1/events", "Authorization", "Bearer " + kit.token(SESSION, UE));
    return client;
  }

  private void drain(Duration term) {
    kit.apply(kit.commits().drain(LEASE, SESSION, ++kit.gen, Instant.now(), term));
  }
}

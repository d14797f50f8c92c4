package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.MACHINE;
import static io.aipaging.aipf.lease.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.lease.SessionFacts.Client;
import io.aipaging.aipf.lease.SessionFacts.Origin;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.aipf.lease.SessionFacts.Subscriber;
import io.aipaging.aipf.lease.SessionState.HoldAttempt;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.aipf.lease.codec.SessionUnreadable;
import io.aipaging.openapi.Snssai;
import io.aipaging.openapi.paging.AiServiceProfile;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store writes of a session is what it reads, or nothing. */
class SessionCodecTest {
  private static final int STEPS = 400;

  private static Session again(Session session) {
    return SessionCodec.read(SessionCodec.write(session));
  }

  private static String text(Session session) {
    return new String(SessionCodec.write(session), StandardCharsets.UTF_8);
  }

  private static Session read(String text) {
    return SessionCodec.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everySessionOfRandomLivesReadsBackEqual() {
    Set<String> states = new TreeSet<>();
    for (long seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      Instant now = NOW.plusNanos(random.nextInt(1_000_000));
      Session session = Samples.preparing();
      for (int step = 0; step < STEPS && !session.terminal(); step++) {
        now = now.plusMillis(random.nextInt(600));
        session = step(session, now, random);
        String as = "seed " + seed + " step " + step;
        assertThat(again(session)).as(as).isEqualTo(session);
        states.add(kind(session.state()));
      }
    }
    assertThat(states)
        .contains("PREPARING", "ACTIVE", "ENDING", "RELEASED")
        .contains("Decided", "TargetCommitted", "Switched", "SwitchedBack");
  }

  private static Session step(Session session, Instant now, Random random) {
    SessionEvent event;
    try {
      event = RandomEvents.next(session, now, random);
    } catch (IllegalArgumentException e) {
      return session; // a COMMIT that would be over when it is signed does not even exist
    }
    return MACHINE.decide(session, event, now) instanceof Decision.Legal(Transition transition)
        ? transition.after()
        : session;
  }

  private static String kind(SessionState state) {
    return state instanceof SessionState.Relocating relocating
        ? relocating.move().getClass().getSimpleName()
        : state.name();
  }

  static Stream<Session> everyTerminalState() {
    Session active = Samples.active();
    EndCause cause = Samples.RELEASE;
    Lease.Ended last =
        new Lease.Ended(new LeaseId("lease-0001"), Samples.A, NOW, EndReason.ANCHOR_LOST, null, 7);
    return Stream.of(
            new SessionState.Released(cause, NOW, last),
            new SessionState.Revoked(cause, NOW.plusNanos(1), last),
            new SessionState.Expired(cause, NOW.plusNanos(999_999), null),
            new SessionState.Rejected(cause, Instant.EPOCH, null))
        .map(active::in);
  }

  @ParameterizedTest
  @MethodSource("everyTerminalState")
  void aSessionThatIsOverReadsBackEqual(Session session) {
    assertThat(again(session)).isEqualTo(session);
  }

  @Test
  void aMoveThatWaitsForTheCoreReadsBackEqual() {
    Session waiting = Samples.waiting();
    assertThat(again(waiting)).isEqualTo(waiting);
    assertThat(((SessionState.Relocating) again(waiting).state()).awaitsCore()).isTrue();
  }

  @Test
  void whatWasHeldAndNeverBecameALeaseReadsBackEqual() {
    Session session = Samples.preparing();
    Session ending =
        session.in(
            new SessionState.Ending(
                new EndCause(EndReason.QOS_REJECTED, "TEST"),
                EndReason.Outcome.REJECTED,
                null,
                List.of(),
                List.of(
                    new HoldAttempt(new LeaseId("lease-0001"), Samples.A),
                    new HoldAttempt(new LeaseId("lease-0002"), Samples.B)),
                NOW,
                "runner-1"));
    assertThat(again(ending)).isEqualTo(ending);
  }

  static Stream<Client> everyConfirmation() {
    return Stream.of(
            new Confirmation.UeAddressHash("hash-00001"),
            new Confirmation.DpopKey("thumbprint-1"),
            new Confirmation.ClientCertificate("certificate-1"))
        .map(confirmation -> new Client("af-1", "pseudonym-1", confirmation));
  }

  @ParameterizedTest
  @MethodSource("everyConfirmation")
  void factsWithEveryMemberReadBackEqual(Client client) {
    AiServiceProfile profile =
        new AiServiceProfile(
            "EMBEDDING",
            "TEXT",
            "FAST",
            1,
            2,
            0.1 + 0.2,
            List.of("DE", "FR"),
            5,
            1e-7,
            "NONE",
            "PREFERRED");
    QosGrant grant = new QosGrant(null, "qos-1", "20 Mbps", "1.5 Gbps", 46);
    Session session = Samples.preparing();
    SessionFacts facts =
        new SessionFacts(
            session.id(),
            new Origin("nef-1", "schlüssel \"1\" \n\u2028", "00", null),
            new Subscriber(
                UeAddress.parse("2001:db8:1::/48"), "internet", new Snssai(1, "0000ff"), "imsi-1"),
            new Service(
                session.facts().service().aisi(),
                profile,
                1.0 / 3,
                ServiceEndpoint.of("2001:db8::7", "UDP", 65_535),
                "http://[2001:db8::7]:65535/v1",
                new QosTerms(QosTerms.Demand.PREFERRED, grant)),
            client,
            "binding-1",
            "subject-1",
            NOW.plusNanos(123_456),
            Instant.parse("9999-12-31T23:59:59.999999999Z"));
    Session whole =
        new Session(
            facts,
            1,
            0,
            NOW,
            QosStanding.refused("NO_QOS"),
            new Residence(NOW, "anchor-a", NOW.plusMillis(1)),
            null,
            session.state());
    assertThat(again(whole)).isEqualTo(whole);
  }

  @Test
  void aMemberOfANewerProgramIsIgnored() {
    Session session = Samples.draining();
    String added = "\"added\":{\"a\":[1,{\"b\":null}]},";
    UnaryOperator<String> everywhere =
        text -> text.replaceAll("\\{\"(?=[a-z])", "{" + added + "\"");
    assertThat(read(everywhere.apply(text(session)))).isEqualTo(session);
  }

  @Test
  void aNewerFormatIsRefusedByName() {
    String newer = text(Samples.active()).replace("{\"v\":1,", "{\"v\":2,");
    assertThatThrownBy(() -> read(newer))
        .isInstanceOf(SessionUnreadable.class)
        .hasMessage("a session is of format 2; this program knows 1");
  }

  @Test
  void stateLeaseAndMoveThatAreNotKnownAreRefused() {
    for (String name : List.of("ACTIVE", "SERVING")) {
      String strange = text(Samples.active()).replace(quoted(name), quoted("STRANGE"));
      assertThatThrownBy(() -> read(strange))
          .isInstanceOf(SessionUnreadable.class)
          .hasMessageContaining("does not know");
    }
    String strange = text(Samples.switched()).replace(quoted("SWITCHED"), quoted("STRANGE"));
    assertThatThrownBy(() -> read(strange))
        .isInstanceOf(SessionUnreadable.class)
        .hasMessageContaining("does not know");
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"v\":1}", "null", "{\"v\":\"1\"}", "\u0000"})
  void whatIsNoSessionIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(SessionUnreadable.class);
  }

  @Test
  void aCutOrContinuedSessionIsRefused() {
    String text = text(Samples.switched());
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(SessionUnreadable.class);
    }
    assertThatThrownBy(() -> read(text + "{}")).isInstanceOf(SessionUnreadable.class);
  }

  @Test
  void noMessageRepeatsWhatWasRead() {
    String address = text(Samples.active()).replace("10.45.0.2", "10.45.0.2.9");
    assertThatThrownBy(() -> read(address))
        .isInstanceOf(SessionUnreadable.class)
        .hasStackTraceContaining("IP address")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("10.45");
    String word = text(Samples.active()).replace(quoted("ACCEPTED"), quoted("SECRET"));
    assertThatThrownBy(() -> read(word))
        .isInstanceOf(SessionUnreadable.class)
        .hasMessageNotContaining("SECRET")
        .hasNoCause();
  }
}

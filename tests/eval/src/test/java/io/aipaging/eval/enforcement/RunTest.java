package io.aipaging.eval.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.eval.Commits;
import io.aipaging.eval.Mode;
import io.aipaging.lab.Packet;
import io.aipaging.lab.Transport;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final String UE = "10.45.1.1";
  private static final String SERVICE = "203.0.113.10";
  private static final Instant EXP = Instant.parse("2026-01-01T00:00:00Z");
  private static final Run RUN =
      new Run(
          new Case(Case.Controller.ALIVE, Mode.ROUTE, Transport.UDP, Case.Age.NEW),
          UE,
          new Commits.Lease(
              "lease-0001",
              "session-1",
              "a",
              TransportAddress.parse("10.60.1.2:8443"),
              Commits.flow(UE, "UDP")),
          EXP);

  @Test
  void theCutIsTheFirstPacketThatIsNotCarried() throws Exception {
    List<Packet> asked = new ArrayList<>();
    List<Packet> carried = new ArrayList<>();
    for (int ms = -100; ms < 20; ms++) {
      asked.add(up(UE, ms, false));
      if (ms < -50) {
        carried.add(up(UE, ms, true));
      }
    }
    carried.add(down(-49));
    asked.add(up("10.45.1.2", -60, false));

    Run.Outcome outcome = RUN.outcome(new Watches.Seen(asked, carried, 0));

    assertThat(outcome.cut()).isEqualTo(Duration.ofMillis(50));
    assertThat(outcome.last()).isEqualTo(Duration.ofMillis(49));
    assertThat(outcome.after()).isZero();
  }

  @Test
  void packetsAfterTheEndAreCountedInBothDirections() throws Exception {
    List<Packet> asked = new ArrayList<>();
    List<Packet> carried = new ArrayList<>();
    for (int ms = -30; ms < 3; ms++) {
      asked.add(up(UE, ms, false));
      carried.add(up(UE, ms, true));
    }
    for (int ms = 4; ms < 10; ms++) {
      asked.add(up(UE, ms, false));
    }
    carried.add(down(4));

    assertThat(RUN.outcome(new Watches.Seen(asked, carried, 0)).after()).isEqualTo(3);
  }

  @Test
  void aGateThatIsNeverSeenClosedIsMeasuredByWhatItCarries() throws Exception {
    List<Packet> carried = new ArrayList<>();
    for (int ms = -30; ms < 10; ms++) {
      carried.add(up(UE, ms, true));
    }
    Run.Outcome outcome = RUN.outcome(new Watches.Seen(carried, carried, 0));

    assertThat(outcome.after()).isEqualTo(9);
    assertThat(outcome.cut()).isEqualTo(Duration.ofMillis(-9));
  }

  @Test
  void aRunInWhichNothingIsTriedAfterTheEndIsNoProof() {
    List<Packet> carried = new ArrayList<>();
    for (int ms = -100; ms < -50; ms++) {
      carried.add(up(UE, ms, true));
    }
    assertThatThrownBy(() -> RUN.outcome(new Watches.Seen(List.of(up(UE, -49, false)), carried, 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tried");
  }

  @Test
  void aRunInWhichNothingHappenedIsNoProof() {
    assertThatThrownBy(() -> RUN.outcome(new Watches.Seen(List.of(), List.of(), 0)))
        .isInstanceOf(IOException.class);
  }

  private static Packet up(String ue, int ms, boolean outgoing) {
    return new Packet(EXP.plusMillis(ms), outgoing, ue, 4_000, SERVICE, 8_443, Transport.UDP, 0, 1);
  }

  private static Packet down(int ms) {
    return new Packet(EXP.plusMillis(ms), true, SERVICE, 8_443, UE, 4_000, Transport.UDP, 0, 1);
  }
}

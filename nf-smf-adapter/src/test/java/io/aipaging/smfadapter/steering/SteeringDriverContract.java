package io.aipaging.smfadapter.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every steering driver does with grants. Tests share one gate and use fresh grants. */
@Timeout(60)
public abstract class SteeringDriverContract {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(500);

  /** The driver under test. */
  protected abstract SteeringDriver driver();

  /** A grant id never given before. */
  protected abstract GrantId nextGrantId();

  /** The flow of UE 1 or 2 to the service. */
  protected abstract Flow flow(int ue, Transport transport);

  /** Where the guard of anchor {@code a} or {@code b} listens. */
  protected abstract TransportAddress anchor(String name);

  /** A TCP connection of UE 1 or 2 to the service. */
  protected abstract Socket connect(int ue) throws IOException;

  /** A datagram socket of UE 1 or 2, connected to the service. */
  protected abstract DatagramSocket datagrams(int ue) throws IOException;

  /** Opens a probe connection where the gate runs. */
  protected abstract Socket connectThrough(Flow flow, Grant grant) throws IOException;

  @Test // L1.1
  void withoutAGrantAConnectionIsRefusedAndCounted() throws Exception {
    long before = denied();

    assertRefused(1);

    assertThat(denied()).isGreaterThan(before);
  }

  @Test
  void aGrantCarriesTheConnectionToItsAnchor() throws Exception {
    Grant grant = grant("b");
    apply(1, List.of(new Carried(grant, LONG, true)), List.of());
    try (UeConnection ue = new UeConnection(connect(1))) {
      assertThat(ue.anchor()).isEqualTo("b");
      ue.echo();
    } finally {
      end(1, grant);
    }
  }

  @Test
  void oneUesGrantGivesAnotherNothing() throws Exception {
    Grant grant = grant("a");
    apply(1, List.of(new Carried(grant, LONG, true)), List.of());
    try {
      assertRefused(2);
    } finally {
      end(1, grant);
    }
  }

  @Test
  void expiryEndsEstablishedConnectionsAndRefusesNewOnes() throws Exception {
    Grant grant = grant("a");
    long installed = apply(1, List.of(new Carried(grant, SHORT, true)), List.of());
    try (UeConnection ue = new UeConnection(connect(1))) {
      assertThat(ue.lastEchoSentNanos()).isBetween(installed, installed + SHORT.toNanos());
    }
    assertRefused(1);
    assertThat(driver().live()).doesNotContain(grant.id());
    assertThat(driver().isLive(grant.id())).isFalse();
    end(1, grant);
  }

  @Test
  void aRefreshExtendsAGrant() throws Exception {
    Grant grant = grant("a");
    long installed = apply(1, List.of(new Carried(grant, SHORT, true)), List.of());
    try (UeConnection ue = new UeConnection(connect(1))) {
      // of the same length as before, which a kernel must not take for nothing new
      LockSupport.parkNanos(SHORT.toNanos() / 2);
      apply(1, List.of(new Carried(grant, SHORT, true)), List.of());
      while (System.nanoTime() < installed + SHORT.multipliedBy(5).dividedBy(4).toNanos()) {
        ue.echo();
      }
      apply(1, List.of(new Carried(grant, LONG, true)), List.of());
      assertThat(driver().isLive(grant.id())).isTrue();
      while (System.nanoTime() < installed + SHORT.multipliedBy(2).toNanos()) {
        ue.echo();
      }
      new UeConnection(connect(1)).close();
    } finally {
      end(1, grant);
    }
  }

  @Test
  void aRefreshShortensAGrant() throws Exception {
    Grant grant = grant("a");
    apply(1, List.of(new Carried(grant, LONG, true)), List.of());
    try (UeConnection ue = new UeConnection(connect(1))) {
      long shortened = apply(1, List.of(new Carried(grant, SHORT, true)), List.of());
      assertThat(ue.lastEchoSentNanos()).isLessThan(shortened + SHORT.toNanos());
    }
    assertRefused(1);
    end(1, grant);
  }

  @Test
  void aSwitchMovesNewConnectionsWhileOldOnesDrain() throws Exception {
    Grant old = grant("a");
    Grant fresh = grant("b");
    apply(1, List.of(new Carried(old, LONG, true)), List.of());
    try (UeConnection draining = new UeConnection(connect(1))) {
      long switched =
          apply(
              1,
              List.of(new Carried(old, SHORT, false), new Carried(fresh, LONG, true)),
              List.of());
      try (UeConnection moved = new UeConnection(connect(1))) {
        assertThat(moved.anchor()).isEqualTo("b");
        draining.echo();
        assertThat(draining.lastEchoSentNanos()).isLessThan(switched + SHORT.toNanos());
        moved.echo();
      }
    } finally {
      end(1, fresh, old);
    }
  }

  @Test // L4.6
  void aGrantThatOnlyDrainsTakesNoNewConnection() throws Exception {
    Grant grant = grant("a");
    apply(1, List.of(new Carried(grant, LONG, true)), List.of());
    try (UeConnection ue = new UeConnection(connect(1))) {
      apply(1, List.of(new Carried(grant, LONG, false)), List.of());
      ue.echo();
      assertRefused(1);
      ue.echo();
    } finally {
      end(1, grant);
    }
  }

  @Test
  void endingAGrantCutsItsConnectionsAtOnce() throws Exception {
    Grant grant = grant("a");
    apply(1, List.of(new Carried(grant, LONG, true)), List.of());
    try (UeConnection ue = new UeConnection(connect(1))) {
      ue.echo();
      end(1, grant);
      assertThatThrownBy(ue::echo)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
    assertRefused(1);
    assertThat(driver().live()).doesNotContain(grant.id());
  }

  @Test
  void endingTwiceOrAfterExpiryIsNoFailure() throws Exception {
    Grant grant = grant("a");
    apply(2, List.of(new Carried(grant, Carried.TIME_LEFT_MIN, true)), List.of());
    while (driver().live().contains(grant.id())) {
      Thread.onSpinWait();
    }

    end(2, grant);
    end(2, grant);
  }

  @Test
  void datagramsFollowTheGrantAndStopWithIt() throws Exception {
    Grant grant = grant("b");
    Flow flow = flow(1, Transport.UDP);
    try (DatagramSocket ue = datagrams(1)) {
      assertThat(Datagrams.answer(ue)).isEqualTo("none");
      driver().apply(new SteeringStep(flow, List.of(new Carried(grant, SHORT, true)), List.of()));
      long installed = System.nanoTime();
      assertThat(Datagrams.answer(ue)).isEqualTo("b");
      long last = installed;
      for (long asked = installed;
          !Datagrams.answer(ue).equals("none");
          asked = System.nanoTime()) {
        last = asked;
      }
      assertThat(last).isLessThanOrEqualTo(installed + SHORT.toNanos());
    }
    driver().apply(new SteeringStep(flow, List.of(), List.of(grant)));
  }

  @Test
  void datagramsOfAnEndedDrainMoveToTheNewAnchor() throws Exception {
    Grant old = grant("a");
    Grant fresh = grant("b");
    Flow flow = flow(2, Transport.UDP);
    try (DatagramSocket ue = datagrams(2)) {
      driver().apply(new SteeringStep(flow, List.of(new Carried(old, LONG, true)), List.of()));
      assertThat(Datagrams.answer(ue)).isEqualTo("a");
      driver()
          .apply(
              new SteeringStep(
                  flow,
                  List.of(new Carried(fresh, LONG, true), new Carried(old, LONG, false)),
                  List.of()));
      assertThat(Datagrams.answer(ue)).isEqualTo("a");
      driver().apply(new SteeringStep(flow, List.of(new Carried(fresh, LONG, true)), List.of(old)));
      assertThat(Datagrams.answer(ue)).isEqualTo("b");
    }
    driver().apply(new SteeringStep(flow, List.of(), List.of(fresh)));
  }

  @Test
  void aProbeTravelsOverItsGrantOnly() throws Exception {
    Flow flow = flow(1, Transport.TCP);
    Grant grant = grant("b");
    assertThatThrownBy(() -> new UeConnection(connectThrough(flow, grant)))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(SocketTimeoutException.class);

    apply(1, List.of(new Carried(grant, LONG, true)), List.of());
    try (UeConnection probe = new UeConnection(connectThrough(flow, grant))) {
      assertThat(probe.anchor()).isEqualTo("b");
    } finally {
      end(1, grant);
    }
  }

  @Test
  void restoringEndsWhatIsNotWantedAndAddsWhatIsMissing() throws Exception {
    Grant known = grant("a");
    Grant orphan = grant("b");
    apply(1, List.of(new Carried(known, LONG, true)), List.of());
    apply(2, List.of(new Carried(orphan, LONG, true)), List.of());
    assertThat(driver().live()).contains(known.id(), orphan.id());

    Grant missing = grant("b");
    try (UeConnection ue = new UeConnection(connect(1))) {
      driver()
          .restore(
              List.of(
                  new SteeringStep(
                      flow(1, Transport.TCP),
                      List.of(new Carried(known, LONG, false), new Carried(missing, LONG, true)),
                      List.of())));

      assertThat(driver().isUndisturbed()).isTrue();
      assertThat(driver().live()).containsExactlyInAnyOrder(known.id(), missing.id());
      ue.echo();
    }
    try (UeConnection moved = new UeConnection(connect(1))) {
      assertThat(moved.anchor()).isEqualTo("b");
    }
    assertRefused(2);
    end(1, known, missing);
  }

  /** Grants anchor {@code name}; nothing is in force yet. */
  private Grant grant(String name) {
    return new Grant(nextGrantId(), anchor(name));
  }

  /** Carries out a TCP step; the time it was in force at the latest. */
  private long apply(int ue, List<Carried> carried, List<Grant> ended) throws SteeringFailed {
    driver().apply(new SteeringStep(flow(ue, Transport.TCP), carried, ended));
    return System.nanoTime();
  }

  private void end(int ue, Grant... grants) throws SteeringFailed {
    apply(ue, List.of(), List.of(grants));
  }

  private long denied() throws SteeringFailed {
    return driver().denied().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Refused means told so, not left waiting. */
  private void assertRefused(int ue) {
    assertThatThrownBy(() -> new UeConnection(connect(ue)))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }
}

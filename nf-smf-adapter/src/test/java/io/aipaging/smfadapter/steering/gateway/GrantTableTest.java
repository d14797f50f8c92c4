package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrantTableTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final ServiceEndpoint SERVICE = ServiceEndpoint.of("203.0.113.10", "TCP", 8443);
  private static final ServiceEndpoint SERVICE_6 = ServiceEndpoint.of("2001:db8::10", "TCP", 8443);
  private static final Flow FLOW = new Flow(UeAddress.parse("10.45.0.2"), SERVICE);

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final GrantTable table = new GrantTable(timer);

  GrantTableTest() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @AfterEach
  void close() {
    table.close();
    timer.shutdownNow();
  }

  @Test
  void aGrantIsForItsUeItsServiceAndNobodyElse() throws Exception {
    carry(FLOW, grant(1));

    assertThat(found("10.45.0.2", SERVICE)).contains(1L);
    assertThat(found("10.45.0.3", SERVICE)).isEmpty();
    assertThat(found("10.45.0.2", ServiceEndpoint.of("203.0.113.10", "TCP", 443))).isEmpty();
    assertThat(found("10.45.0.2", ServiceEndpoint.of("203.0.113.10", "UDP", 8443))).isEmpty();
  }

  @Test
  void everyAddressOfAPrefixIsItsUe() throws Exception {
    carry(new Flow(UeAddress.parse("2001:db8:1::/64"), SERVICE_6), grant(1));
    carry(new Flow(UeAddress.parse("2001:db8:2::/60"), SERVICE_6), grant(2));
    carry(new Flow(UeAddress.parse("2001:db8:3::5"), SERVICE_6), grant(3));

    assertThat(found("2001:db8:1::1234:5", SERVICE_6)).contains(1L);
    assertThat(found("2001:db8:1:1::1", SERVICE_6)).isEmpty();
    assertThat(found("2001:db8:2:f::1", SERVICE_6)).contains(2L);
    assertThat(found("2001:db8:2:10::1", SERVICE_6)).isEmpty();
    assertThat(found("2001:db8:3::5", SERVICE_6)).contains(3L);
    assertThat(found("2001:db8:3::6", SERVICE_6)).isEmpty();
    assertThat(found("::1", SERVICE_6)).isEmpty();
    assertThat(found("10.45.0.2", SERVICE_6)).isEmpty();
  }

  @Test
  void aStepThatContradictsAGrantChangesNothing() throws Exception {
    carry(FLOW, grant(1));
    Grant elsewhere = new Grant(new GrantId(1), TransportAddress.parse("10.60.9.9:8443"));

    assertThatThrownBy(
            () ->
                table.apply(
                    new SteeringStep(
                        FLOW,
                        List.of(
                            new Carried(grant(2), LONG, true), new Carried(elsewhere, LONG, false)),
                        List.of())))
        .isInstanceOf(SteeringFailed.class);

    assertThat(found("10.45.0.2", SERVICE)).contains(1L);
    assertThat(table.live()).containsExactly(new GrantId(1));
  }

  @Test
  void aGrantThatAFlowNoLongerHasIsCut() throws Exception {
    carry(FLOW, grant(1));
    AtomicInteger cuts = countedCuts();

    carry(FLOW, grant(2));

    assertThat(cuts).hasValue(1);
    assertThat(table.live()).containsExactly(new GrantId(2));
  }

  @Test
  void aRefreshCutsNothingAndLeavesOneAlarm() throws Exception {
    carry(FLOW, grant(1));
    AtomicInteger cuts = countedCuts();

    for (int i = 0; i < 1_000; i++) {
      carry(FLOW, grant(1));
    }

    assertThat(cuts).hasValue(0);
    assertThat(timer.getQueue()).hasSize(1);
  }

  @Test
  void endedGrantsLeaveNoAlarm() throws Exception {
    carry(FLOW, grant(1));

    table.apply(new SteeringStep(FLOW, List.of(), List.of(grant(1))));

    assertThat(timer.getQueue()).isEmpty();
    assertThat(table.live()).isEmpty();
  }

  @Test
  void whatWasOverIsNotRevivedWithItsConnections() throws Exception {
    carry(FLOW, grant(1));
    LiveGrant late = table.find(InetAddress.ofLiteral("10.45.0.2"), SERVICE).orElseThrow();
    AtomicInteger cuts = countedCuts();
    late.deadlineNanos(System.nanoTime());

    carry(FLOW, grant(1));

    assertThat(cuts).hasValue(1);
    assertThat(late.isLive()).isFalse();
    assertThat(found("10.45.0.2", SERVICE)).contains(1L);
  }

  @Test
  void whoAsksDuringSwitchesAlwaysFindsOneGrant() throws Exception {
    carry(FLOW, grant(1));
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Integer> missed =
        CompletableFuture.supplyAsync(
            () -> {
              int count = 0;
              while (!over.get()) {
                count += found("10.45.0.2", SERVICE).isPresent() ? 0 : 1;
              }
              return count;
            });
    for (int next = 2; next < 5_000; next++) {
      table.apply(
          new SteeringStep(
              FLOW,
              List.of(
                  new Carried(grant(next - 1), LONG, false), new Carried(grant(next), LONG, true)),
              List.of()));
    }
    over.set(true);

    assertThat(missed.get()).isZero();
    assertThat(table.live()).containsExactly(new GrantId(4_998), new GrantId(4_999));
    assertThat(timer.getQueue()).hasSize(2);
  }

  @Test
  void whatLivesByAGrantThatHasEndedIsCutAtOnce() throws Exception {
    carry(FLOW, grant(1));
    LiveGrant ended = table.find(InetAddress.ofLiteral("10.45.0.2"), SERVICE).orElseThrow();
    table.apply(new SteeringStep(FLOW, List.of(), List.of(grant(1))));
    AtomicInteger cuts = new AtomicInteger();

    ended.whenEnded(cuts::incrementAndGet);

    assertThat(cuts).hasValue(1);
  }

  private AtomicInteger countedCuts() {
    AtomicInteger cuts = new AtomicInteger();
    table
        .find(InetAddress.ofLiteral("10.45.0.2"), SERVICE)
        .orElseThrow()
        .whenEnded(cuts::incrementAndGet);
    return cuts;
  }

  private Optional<Long> found(String source, ServiceEndpoint service) {
    return table
        .find(InetAddress.ofLiteral(source), service)
        .map(live -> live.grant().id().value());
  }

  private void carry(Flow flow, Grant grant) throws SteeringFailed {
    table.apply(new SteeringStep(flow, List.of(new Carried(grant, LONG, true)), List.of()));
  }

  private static Grant grant(long id) {
    return new Grant(new GrantId(id), TransportAddress.parse("10.60.1.2:8443"));
  }
}

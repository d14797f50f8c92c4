package io.aipaging.smfadapter.steering.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.UeConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Destinations are rewritten. */
class NftablesDnatIT extends KernelGateContract {
  private static final int LOCAL_PORT = 28_431;
  private static final int OTHER_PORT = 28_432;

  NftablesDnatIT() {
    super(LabFamily.V4, true);
  }

  @Test
  void portsThatAnExpiredGrantHadLeadToTheNewAnchor() throws Exception {
    Flow flow = flow(1, Transport.TCP);
    Grant expiring = new Grant(nextGrantId(), anchor("a"));
    driver()
        .apply(
            new SteeringStep(
                flow, List.of(new Carried(expiring, Duration.ofMillis(300), true)), List.of()));
    try (UeConnection ue = new UeConnection(connect(1, LOCAL_PORT))) {
      assertThat(ue.anchor()).isEqualTo("a");
      ue.lastEchoSentNanos();
    }
    Grant fresh = new Grant(nextGrantId(), anchor("b"));
    driver().apply(step(flow, fresh));
    try (UeConnection ue = new UeConnection(connect(1, LOCAL_PORT))) {
      assertThat(ue.anchor()).isEqualTo("b");
    }
    driver().apply(new SteeringStep(flow, List.of(), List.of(fresh)));
  }

  @Test
  void portsOfAGrantThatEndsAfterARestartLeadToTheNewAnchor() throws Exception {
    Flow flow = flow(1, Transport.TCP);
    Grant before = new Grant(nextGrantId(), anchor("a"));
    driver().apply(step(flow, before));
    try (UeConnection ue = new UeConnection(connect(1, OTHER_PORT))) {
      reopen(config());
      driver().restore(List.of(step(flow, before)));
      driver().apply(new SteeringStep(flow, List.of(), List.of(before)));
      ue.lastEchoSentNanos();
    }
    Grant fresh = new Grant(nextGrantId(), anchor("b"));
    driver().apply(step(flow, fresh));
    try (UeConnection ue = new UeConnection(connect(1, OTHER_PORT))) {
      assertThat(ue.anchor()).isEqualTo("b");
    }
    driver().apply(new SteeringStep(flow, List.of(), List.of(fresh)));
  }
}

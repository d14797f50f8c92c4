package io.aipaging.aipf.lease.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.protocol.SessionId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadsTest {
  private static final SessionId ID = new SessionId("session-1");
  private final Heads heads = new Heads();

  private static Row row(long version, String state) {
    return new Row(version, EvidenceHead.START, 0, state, List.of());
  }

  @Test
  void theHeadOfAPageUnderWayIsTheLastDurableOne() {
    heads.settle(ID, row(1, "PREPARING"));
    heads.settle(ID, row(2, "PREPARING"));
    assertThat(heads.of(ID)).isEqualTo(row(2, "PREPARING"));
  }

  @Test
  void aSessionThatIsPagedHasToBeRead() {
    heads.settle(ID, row(2, "PREPARING"));
    heads.settle(ID, row(3, "ACTIVE"));
    assertThat(heads.of(ID)).isNull();
    assertThat(heads.size()).isZero();
  }

  @Test
  void afterAFailedWriteTheRowHasToBeRead() {
    heads.settle(ID, row(1, "PREPARING"));
    heads.settle(ID, null);
    assertThat(heads.of(ID)).isNull();
  }

  @Test
  void pagesThatAreLeftBehindDoNotFillTheMemory() {
    for (int i = 0; i < 10_000; i++) {
      heads.settle(new SessionId("session-" + i), row(1, "PREPARING"));
    }
    assertThat(heads.size()).isLessThan(5_000);
  }
}

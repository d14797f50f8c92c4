package io.aipaging.aipf.lease.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.protocol.SessionId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadsTest {
  private static final SessionId ID = new SessionId("session-1");
  private final Heads heads = new Heads();

  private static Row row(long version) {
    return new Row(version, EvidenceHead.START, 0, "ACTIVE", List.of());
  }

  @Test
  void theHeadOfASessionIsTheLastDurableOne() {
    heads.settle(ID, row(1));
    heads.settle(ID, row(2));
    assertThat(heads.of(ID)).isEqualTo(row(2));
  }

  @Test
  void whatWasReadIsKnown() {
    heads.read(heads.glance(ID), row(7));
    assertThat(heads.of(ID)).isEqualTo(row(7));
  }

  @Test
  void whatWasReadBeforeAWriteIsNotTheHeadAfterIt() {
    Heads.Glance before = heads.glance(ID);
    heads.settle(ID, row(2));
    heads.read(before, row(1));
    assertThat(heads.of(ID)).isEqualTo(row(2));
  }

  @Test
  void whatWasReadBeforeAWriteOfUnknownEndIsNotTheHeadAfterIt() {
    Heads.Glance before = heads.glance(ID);
    heads.settle(ID, row(2));
    heads.settle(ID, null);
    heads.read(before, row(1));
    assertThat(heads.of(ID)).isNull();
  }

  @Test
  void whatWasReadBeforeRowsWereRemovedIsNotKept() {
    Heads.Glance before = heads.glance(ID);
    heads.clear();
    heads.read(before, row(1));
    assertThat(heads.of(ID)).isNull();
  }

  @Test
  void aSessionIsNotTakenForTheOneInItsPlace() {
    for (int i = 0; i < 100_000; i++) {
      heads.settle(new SessionId("other-session-" + i), row(i));
    }
    assertThat(heads.of(ID)).isNull();
  }
}

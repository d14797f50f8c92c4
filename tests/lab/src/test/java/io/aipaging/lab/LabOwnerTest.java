package io.aipaging.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabOwnerTest {
  @Test
  void namespaceNamesTellTheirOwner() throws Exception {
    LabOwner me = LabOwner.current();

    assertThat(LabOwner.ofNamespace(me.namespace(3, "upf"))).contains(me);
  }

  @Test
  void foreignNamespacesHaveNoOwner() {
    assertThat(LabOwner.ofNamespace("st-upf")).isEmpty();
    assertThat(LabOwner.ofNamespace("aip-1-2-3-")).isEmpty();
    assertThat(LabOwner.ofNamespace("aip-99999999999999999999-1-0-ue")).isEmpty();
  }

  @Test
  void aLaterProcessWithTheSameIdIsNotTheOwner() throws Exception {
    LabOwner me = LabOwner.current();

    assertThat(me.isAlive()).isTrue();
    assertThat(new LabOwner(me.pid(), me.startTicks() - 1).isAlive()).isFalse();
    assertThat(new LabOwner(4_194_305, 1).isAlive()).as("above the largest pid").isFalse();
  }
}

package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowWatchTest {
  private final RecordingObserver observer = new RecordingObserver();
  private final FlowWatch watch = new FlowWatch(observer);

  private void seen(int... flows) {
    for (int number : flows) {
      watch.seen("b1", number, 2);
    }
  }

  @Test
  void asManyFlowsAsAppSessionsTwiceIsToldOnce() {
    seen(2);
    assertThat(observer.events).isEmpty();
    seen(2, 3, 2);
    assertThat(observer.events).containsExactly("told b1 GUARANTEED null");
  }

  @Test
  void noFlowTwiceIsToldOnce() {
    seen(0);
    assertThat(observer.events).isEmpty();
    seen(0, 0);
    assertThat(observer.events).containsExactly("told b1 NOT_GUARANTEED NO_QOS_FLOW");
  }

  @Test
  void whatLiesBetweenSaysNothing() {
    seen(1, 1, 1);
    assertThat(observer.events).isEmpty();
  }

  @Test
  void aLookAtAChangeHalfDoneIsNotBelieved() {
    seen(2, 2, 0, 2, 2, 0, 0, 2, 0, 2, 2);
    assertThat(observer.events)
        .containsExactly(
            "told b1 GUARANTEED null",
            "told b1 GUARANTEED null",
            "told b1 NOT_GUARANTEED NO_QOS_FLOW",
            "told b1 GUARANTEED null");
  }

  @Test
  void aBindingThatIsGoneIsForgotten() {
    seen(2, 2);
    watch.keep(ref -> false);
    seen(2, 2);
    assertThat(observer.events).hasSize(2);
  }
}

package io.aipaging.sbi.nrf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static final URI A = URI.create("http://a:1");
  private static final URI B = URI.create("http://b:1");
  private static final URI C = URI.create("http://c:1");
  private static final List<URI> ALL = List.of(A, B, C);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Candidates candidates = new Candidates(now::get);

  @Test
  void whoFailedComesLastUntilTimeHasPassed() {
    candidates.failed(A);
    assertThat(candidates.inOrder(ALL)).containsExactly(B, C, A);
    now.addAndGet(Candidates.AVOIDED.toNanos() - 1);
    assertThat(candidates.inOrder(ALL)).containsExactly(B, C, A);
    now.incrementAndGet();
    assertThat(candidates.inOrder(ALL)).isEqualTo(ALL);
  }

  @Test
  void whoHasAnsweredIsTriedInTurn() {
    candidates.failed(A);
    candidates.failed(B);
    candidates.answered(A);
    assertThat(candidates.inOrder(ALL)).containsExactly(A, C, B);
  }

  @Test
  void allThatFailedAreStillTried() {
    ALL.forEach(candidates::failed);
    assertThat(candidates.inOrder(ALL)).isEqualTo(ALL);
  }

  @Test
  void endlessNamesAreNotKept() {
    for (int i = 0; i < 1_000; i++) {
      candidates.failed(URI.create("http://n" + i + ":1"));
    }
    URI last = URI.create("http://n999:1");
    assertThat(candidates.inOrder(List.of(last, A))).containsExactly(last, A);
    now.addAndGet(Candidates.AVOIDED.toNanos());
    candidates.failed(A);
    assertThat(candidates.inOrder(ALL)).containsExactly(B, C, A);
  }
}

package io.aipaging.aexf.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.EndScope;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** whatever happens in which order, every slot is counted once and falls free once. */
class SlotWalkTest {
  private static final int SLOTS = 3;
  private static final int LEASES = 6;
  private static final int STEPS = 1_500;
  private static final Duration TERM = Duration.ofSeconds(2);

  /** What the walk believes of one lease: until when (boot ns) it holds or uses a slot. */
  private record Expected(boolean posted, long until) {}

  private final AdmissionKit kit = new AdmissionKit(SLOTS);
  private final Map<Integer, Expected> model = new HashMap<>();
  private long gen;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void slotsAreConservedOverARandomWalk(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      int lease = random.nextInt(LEASES);
      act(random, lease);
      model.values().removeIf(expected -> expected.until() <= kit.time.bootNanos());
      String where = "seed " + seed + " step " + step;
      assertThat(kit.status().slotsHeld()).as(where).isEqualTo(model.size());
      assertThat(model.size()).as(where).isLessThanOrEqualTo(SLOTS);
      for (int i = 0; i < LEASES; i++) {
        Expected expected = model.get(i);
        assertThat(kit.live(session(i)) != null)
            .as(where)
            .isEqualTo(expected != null && expected.posted());
      }
    }
    kit.time.pass(Duration.ofMinutes(1));
    assertThat(kit.status().slotsHeld()).isZero();
  }

  private void act(Random random, int lease) {
    switch (random.nextInt(6)) {
      case 0, 1 -> hold(lease, 100 + random.nextInt(900));
      case 2 -> serve(lease);
      case 3 -> release(lease);
      case 4 -> end(lease, random.nextBoolean() ? EndScope.LEASE : EndScope.SESSION);
      default -> kit.time.pass(Duration.ofMillis(random.nextInt(400)));
    }
  }

  private void hold(int lease, int ttlMs) {
    boolean wasFree = !model.containsKey(lease);
    boolean room = model.size() < SLOTS;
    boolean ok = succeeds(() -> kit.hold(lease(lease), session(lease), ttlMs));
    if (ok && wasFree) {
      assertThat(room).isTrue();
      model.put(lease, new Expected(false, kit.time.bootNanos() + ttlMs * 1_000_000L));
    } else if (wasFree) {
      assertThat(room).isFalse();
    }
  }

  private void serve(int lease) {
    boolean had = model.containsKey(lease);
    gen++;
    var commit =
        kit.commits
            .ue("10.45.0." + (lease + 2))
            .serve(lease(lease), session(lease), gen, kit.now(), TERM);
    assertThat(succeeds(() -> kit.apply(commit))).isEqualTo(had);
    if (had) {
      long until = kit.time.bootNanos() + TERM.minus(AdmissionKit.MARGIN).toNanos();
      model.put(lease, new Expected(true, until));
    }
  }

  private void release(int lease) {
    Expected before = model.get(lease);
    boolean ok = succeeds(() -> kit.release(lease(lease)));
    assertThat(ok).isEqualTo(before == null || !before.posted());
    if (ok) {
      model.remove(lease);
    }
  }

  private void end(int lease, EndScope scope) {
    gen++;
    kit.apply(kit.commits.end(lease(lease), session(lease), gen, scope, kit.now()));
    model.remove(lease);
  }

  private static boolean succeeds(Runnable action) {
    try {
      action.run();
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }

  private static String lease(int i) {
    return "lease-000" + i;
  }

  private static String session(int i) {
    return "session-000" + i;
  }
}

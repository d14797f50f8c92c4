package io.aipaging.aipf.selection;

import static io.aipaging.aipf.catalog.TestCatalogs.aisi;
import static io.aipaging.aipf.catalog.TestCatalogs.anchor;
import static io.aipaging.aipf.catalog.TestCatalogs.placed;
import static io.aipaging.aipf.catalog.TestCatalogs.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Residency;
import io.aipaging.openapi.paging.AiServiceProfile;
import io.aipaging.protocol.Aisi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What holds for any anchors, health and profile. */
class AnchorSelectionPropertiesTest {
  private static final Aisi EMBED = aisi("embed", "standard");
  private static final Aisi CHAT = aisi("chat", "standard");
  private static final AiService SERVICE = service(EMBED, "EMBEDDING", 1, "embed");
  private static final List<String> COUNTRIES = List.of("DE", "FR", "CH", "US", "SG");

  private static void forEachSeed(Consumer<Random> check) {
    for (long seed = 0; seed < 1000; seed++) {
      try {
        check.accept(new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void onlyAnchorsWithinAllLimitsAreRanked() {
    forEachSeed(AnchorSelectionPropertiesTest::checkWithinLimits);
  }

  private static void checkWithinLimits(Random random) {
    World world = new World(random);
    Ranking ranking = world.rank(world.anchors, world.scope);
    for (RankedAnchor ranked : ranking.eligible()) {
      Anchor anchor = ranked.anchor();
      AnchorHealth health = world.healths.get(anchor.id());
      assertThat(world.scope.excludedAnchors()).doesNotContain(anchor.id());
      assertThat(anchor.serves(EMBED)).isTrue();
      assertThat(anchor.trust()).isGreaterThanOrEqualTo(world.profile.trustMin());
      assertThat(Residency.of(world.profile.residency()).allows(anchor.country())).isTrue();
      assertThat(anchor.predictedLatency().toMillis()).isLessThanOrEqualTo(200);
      if (world.profile.priceMax() != null) {
        assertThat(anchor.pricePer1000()).isLessThanOrEqualTo(world.profile.priceMax());
      }
      assertThat(health).isNotNull();
      assertThat(health.healthy() && !health.draining()).isTrue();
      assertThat(health.slotsHeld()).isLessThan(health.slotsTotal());
      assertThat(ranked.cost()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void everyAnchorIsEitherRankedOrTurnedDown() {
    forEachSeed(AnchorSelectionPropertiesTest::checkComplete);
  }

  private static void checkComplete(Random random) {
    World world = new World(random);
    Ranking ranking = world.rank(world.anchors, world.scope);
    List<String> ids = new ArrayList<>(ranking.anchors().stream().map(Anchor::id).toList());
    ranking.rejected().forEach(rejected -> ids.add(rejected.anchorId()));
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(world.anchors.stream().map(Anchor::id).toList());
  }

  @Test
  void theOrderOfTheQuestionDoesNotMatter() {
    forEachSeed(AnchorSelectionPropertiesTest::checkOrderFree);
  }

  private static void checkOrderFree(Random random) {
    World world = new World(random);
    Ranking ranking = world.rank(world.anchors, world.scope);
    List<Anchor> shuffled = new ArrayList<>(world.anchors);
    Collections.shuffle(shuffled, random);
    assertThat(world.rank(shuffled, world.scope)).isEqualTo(ranking);
  }

  @Test
  void leavingOutTheBestKeepsTheOrderOfTheRest() {
    forEachSeed(AnchorSelectionPropertiesTest::checkStable);
  }

  private static void checkStable(Random random) {
    World world = new World(random);
    List<Anchor> before = world.rank(world.anchors, world.scope).anchors();
    if (before.isEmpty()) {
      return;
    }
    SelectionScope retry = world.scope.excluding(before.getFirst().id());
    assertThat(world.rank(world.anchors, retry).anchors())
        .isEqualTo(before.subList(1, before.size()));
  }

  private static final class World {
    final List<Anchor> anchors = new ArrayList<>();
    final Map<String, AnchorHealth> healths = new HashMap<>();
    final AiServiceProfile profile;
    final SelectionScope scope;

    World(Random random) {
      for (int i = 0; i < random.nextInt(12); i++) {
        Anchor anchor = anchor("a" + i, i + 1, random.nextInt(5) > 0 ? EMBED : CHAT);
        anchors.add(
            placed(
                anchor,
                COUNTRIES.get(random.nextInt(COUNTRIES.size())),
                random.nextInt(6),
                10 * random.nextInt(25),
                0.5 * random.nextInt(5)));
        if (random.nextInt(8) > 0) {
          boolean healthy = random.nextInt(8) > 0;
          boolean draining = random.nextInt(8) == 0;
          int total = random.nextInt(4);
          healths.put(
              anchor.id(),
              new AnchorHealth(anchor.id(), healthy, draining, total, random.nextInt(5)));
        }
      }
      List<List<String>> residencies = List.of(List.of(), List.of("EU"), List.of("CH", "DE"));
      Double priceMax = random.nextBoolean() ? null : 0.5 * random.nextInt(5);
      profile =
          AnchorSelectionTest.profile(
              residencies.get(random.nextInt(3)), random.nextInt(4), priceMax);
      scope = random.nextBoolean() ? SelectionScope.ALL : SelectionScope.ALL.excluding("a0");
    }

    Ranking rank(List<Anchor> asked, SelectionScope within) {
      return new AnchorSelection(id -> Optional.ofNullable(healths.get(id)))
          .rank(profile, SERVICE, asked, within);
    }
  }
}

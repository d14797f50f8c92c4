package io.aipaging.aipf.selection;

import static io.aipaging.aipf.catalog.TestCatalogs.aisi;
import static io.aipaging.aipf.catalog.TestCatalogs.anchor;
import static io.aipaging.aipf.catalog.TestCatalogs.placed;
import static io.aipaging.aipf.catalog.TestCatalogs.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.openapi.paging.AiServiceProfile;
import io.aipaging.protocol.Aisi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnchorSelectionTest {
  private static final Aisi EMBED = aisi("embed", "standard");
  private static final AiService SERVICE = service(EMBED, "EMBEDDING", 1, "embed");
  private static final Anchor A = anchor("a", 1, EMBED);
  private static final Anchor B = anchor("b", 2, EMBED);
  private static final Anchor C = anchor("c", 3, EMBED);

  private final Map<String, AnchorHealth> healths = new HashMap<>();
  private final AnchorSelection selection =
      new AnchorSelection(id -> Optional.ofNullable(healths.get(id)));

  @BeforeEach
  void allAnchorsAreWell() {
    List.of("a", "b", "c").forEach(id -> healths.put(id, new AnchorHealth(id, true, false, 10, 0)));
  }

  @Test
  void equalAnchorsAreOrderedById() {
    assertThat(rank(anyone(), C, A, B).anchors()).containsExactly(A, B, C);
  }

  @Test
  void theNearerAnchorComesFirst() {
    Anchor near = placed(C, "DE", 3, 5, 1);
    assertThat(rank(anyone(), A, B, near).best()).contains(near);
  }

  @Test
  void theEmptierAnchorComesFirst() {
    healths.put("a", new AnchorHealth("a", true, false, 10, 9));
    assertThat(rank(anyone(), A, B).anchors()).containsExactly(B, A);
  }

  @Test
  void theCheaperAnchorComesFirst() {
    Anchor cheap = placed(B, "DE", 3, 20, 0.2);
    assertThat(rank(anyone(), A, cheap).anchors()).containsExactly(cheap, A);
  }

  @Test
  void latencyOutweighsPrice() {
    Anchor nearAndDear = placed(B, "DE", 3, 5, 2);
    Anchor farAndCheap = placed(A, "DE", 3, 190, 0);
    assertThat(rank(anyone(), farAndCheap, nearAndDear).best()).contains(nearAndDear);
  }

  @Test
  void eachLimitTurnsDownWithItsReason() {
    AiServiceProfile strict = profile(List.of("EU"), 3, 1.5);
    assertReason(strict, anchor("a", 1, aisi("chat", "premium")), Rejection.NOT_SERVING);
    assertReason(strict, placed(A, "DE", 2, 20, 1), Rejection.TRUST_TOO_LOW);
    assertReason(strict, placed(A, "US", 3, 20, 1), Rejection.OUTSIDE_RESIDENCY);
    assertReason(strict, placed(A, "DE", 3, 201, 1), Rejection.TOO_SLOW);
    assertReason(strict, placed(A, "DE", 3, 20, 1.6), Rejection.TOO_EXPENSIVE);
  }

  @Test
  void anAnchorExactlyAtEveryLimitIsEligible() {
    Anchor edge = placed(A, "DE", 3, 200, 1.5);
    assertThat(rank(profile(List.of("DE"), 3, 1.5), edge).anchors()).containsExactly(edge);
  }

  @Test
  void eachStateOfHealthTurnsDownWithItsReason() {
    healths.put("a", new AnchorHealth("a", false, false, 10, 0));
    healths.put("b", new AnchorHealth("b", true, true, 10, 0));
    healths.put("c", new AnchorHealth("c", true, false, 10, 10));
    Ranking ranking = rank(anyone(), A, B, C, anchor("d", 4, EMBED));
    assertThat(ranking.best()).isEmpty();
    assertThat(ranking.rejected())
        .containsExactly(
            new RejectedAnchor("a", Rejection.UNHEALTHY),
            new RejectedAnchor("b", Rejection.DRAINING),
            new RejectedAnchor("c", Rejection.FULL),
            new RejectedAnchor("d", Rejection.HEALTH_UNKNOWN));
  }

  @Test
  void anAnchorWithoutAnySlotIsFull() {
    healths.put("a", new AnchorHealth("a", true, false, 0, 0));
    assertThat(rank(anyone(), A).rejectionOf("a")).contains(Rejection.FULL);
  }

  @Test
  void excludedAnchorsStayOutForTheRetry() {
    SelectionScope retry = SelectionScope.ALL.excluding("a").excluding("b");
    Ranking ranking = selection.rank(anyone(), SERVICE, List.of(A, B, C), retry);
    assertThat(ranking.anchors()).containsExactly(C);
    assertThat(ranking.rejectionOf("a")).contains(Rejection.EXCLUDED);
    assertThat(ranking.rejectionOf("b")).contains(Rejection.EXCLUDED);
    assertThat(ranking.rejectionOf("c")).isEmpty();
  }

  @Test
  void aWantedDnaiRulesOutTheOthers() {
    SelectionScope there = SelectionScope.ALL.excluding("c").at("dnai-b");
    Ranking ranking = selection.rank(anyone(), SERVICE, List.of(A, B, C), there);
    assertThat(ranking.anchors()).containsExactly(B);
    assertThat(ranking.rejectionOf("a")).contains(Rejection.OTHER_DNAI);
    assertThat(ranking.rejectionOf("c")).contains(Rejection.EXCLUDED);
  }

  @Test
  void healthIsAskedOnceAndOnlyWhereItStillMatters() {
    List<String> asked = new ArrayList<>();
    AnchorHealthSource source =
        id -> {
          asked.add(id);
          return Optional.ofNullable(healths.get(id));
        };
    new AnchorSelection(source)
        .rank(profile(List.of("EU"), 0, null), SERVICE, List.of(A, placed(B, "US", 3, 20, 1), C));
    assertThat(asked).containsExactly("a", "c");
  }

  @Test
  void aFreeServiceUnderACapOfZeroCostsNothing() {
    Anchor free = placed(A, "DE", 3, 0, 0);
    Ranking ranking = rank(profile(List.of(), 0, 0.0), free, B);
    assertThat(ranking.eligible()).containsExactly(new RankedAnchor(free, 0));
    assertThat(ranking.rejectionOf("b")).contains(Rejection.TOO_EXPENSIVE);
  }

  @Test
  void weightsTogetherAreOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CostWeights(0.5, 0.5, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new CostWeights(1.5, -0.5, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new CostWeights(Double.NaN, 0, 1));
  }

  private void assertReason(AiServiceProfile profile, Anchor anchor, Rejection reason) {
    assertThat(rank(profile, anchor).rejectionOf(anchor.id())).contains(reason);
  }

  private Ranking rank(AiServiceProfile profile, Anchor... anchors) {
    return selection.rank(profile, SERVICE, List.of(anchors));
  }

  private static AiServiceProfile anyone() {
    return profile(List.of(), 0, null);
  }

  static AiServiceProfile profile(List<String> residency, int trustMin, Double priceMax) {
    return new AiServiceProfile(
        "EMBEDDING",
        "TEXT",
        "STANDARD",
        200,
        900,
        0.99,
        residency,
        trustMin,
        priceMax,
        "MAKE_BEFORE_BREAK",
        "NONE");
  }
}

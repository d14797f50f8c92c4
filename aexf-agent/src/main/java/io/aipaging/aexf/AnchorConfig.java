package io.aipaging.aexf;

import io.aipaging.aexf.guard.http.GuardConfig;
import io.aipaging.aexf.guard.http.ModelConfig;
import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.Default;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One anchor, whoever runs its agent.
 *
 * @param anchorId {@code anchor.id} in COMMITs
 * @param enforcerId the agent's name in {@code aud}
 * @param aisis AI services the model server answers for
 * @param slots sessions admitted at once
 * @param aipfIssuer AIPF Set id expected in {@code iss}
 * @param skewBound how far clocks may differ
 * @param skewMargin how much earlier than {@code exp_ms} a lease stops; at least the bound
 * @param journal file of the fence journal
 * @param guard where UEs reach the model server
 * @param model the model server
 */
public record AnchorConfig(
    String anchorId,
    String enforcerId,
    List<String> aisis,
    @Default("64") int slots,
    String aipfIssuer,
    @Default("250ms") Duration skewBound,
    @Default("250ms") Duration skewMargin,
    Path journal,
    GuardConfig guard,
    ModelConfig model) {
  public AnchorConfig {
    aisis = List.copyOf(aisis);
    Check.range("slots", slots, 1, 10_000);
    Check.range("skew-bound", skewBound, Duration.ZERO, Duration.ofSeconds(10));
    Check.range("skew-margin", skewMargin, skewBound, Duration.ofSeconds(10));
  }
}

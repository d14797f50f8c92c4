package io.aipaging.nef;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.exposure.AiSession;
import io.aipaging.openapi.exposure.AiSessionList;
import io.aipaging.openapi.exposure.AiSessionRef;
import io.aipaging.openapi.exposure.CreateAiSession;
import io.aipaging.openapi.exposure.ListAiSessions;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.exposure.RenewAiSession;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.management.Tally;
import java.util.Set;

/** Counts what apps were refused, by cause. */
final class MeasuredExposure implements NnefAipaging {
  private static final Set<String> CAUSES =
      Set.of(
          "AF_NOT_AUTHORIZED",
          "UE_NOT_AUTHORIZED",
          "QUOTA_EXCEEDED",
          "SESSION_NOT_FOUND",
          "INTENT_NOT_RESOLVABLE",
          "MANDATORY_IE_INCORRECT",
          "NF_CONGESTION",
          "TARGET_NF_NOT_REACHABLE",
          "TIMED_OUT_REQUEST");

  private final NnefAipaging exposure;
  private final Tally refusals;

  MeasuredExposure(NnefAipaging exposure, Metrics metrics) {
    this.exposure = exposure;
    this.refusals = new Tally(metrics, "nef.refusals", "cause", CAUSES);
  }

  @Override
  public AiSession createAiSession(Call call, CreateAiSession request) {
    return refusals.refusalsOf(() -> exposure.createAiSession(call, request));
  }

  @Override
  public AiSession getAiSession(Call call, AiSessionRef request) {
    return refusals.refusalsOf(() -> exposure.getAiSession(call, request));
  }

  @Override
  public AiSessionList listAiSessions(Call call, ListAiSessions request) {
    return refusals.refusalsOf(() -> exposure.listAiSessions(call, request));
  }

  @Override
  public AiSession renewAiSession(Call call, RenewAiSession request) {
    return refusals.refusalsOf(() -> exposure.renewAiSession(call, request));
  }

  @Override
  public NoContent releaseAiSession(Call call, AiSessionRef request) {
    return refusals.refusalsOf(() -> exposure.releaseAiSession(call, request));
  }
}

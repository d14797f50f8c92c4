package io.aipaging.sbi.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refusals as {@code application/problem+json} (TS 29.571 {@code ProblemDetails}) and back. */
public final class Problems {
  /** Media type of a refusal. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int PARAMS_MAX = 50;
  private static final int TEXT_CHARACTERS_MAX = 1_000;

  private Problems() {}

  /** Renders a refusal. */
  public static byte[] render(Refusal refusal) {
    List<InvalidParam> params = refusal.invalidParams();
    try {
      return Json.MAPPER.writeValueAsBytes(
          new ProblemDetails(
              refusal.status(),
              refusal.problemCause(),
              refusal.detail(),
              params.isEmpty() ? null : params));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a refusal.
   *
   * @param status of the answer; it decides, whatever the body says
   * @param retryAfter value of {@code Retry-After}, or null
   * @return null when the body is no ProblemDetails with a cause
   */
  public static @Nullable Refusal parse(int status, byte[] body, @Nullable String retryAfter) {
    JsonNode problem;
    try {
      problem = Json.tree(body);
    } catch (IOException e) {
      return null;
    }
    String cause = problem.path("cause").asText("");
    if (cause.isEmpty()) {
      return null;
    }
    Refusal refusal =
        Refusal.of(status, text(cause), text(problem.path("detail").asText("")))
            .with(params(problem.path("invalidParams")));
    Duration delay = seconds(retryAfter);
    return delay == null ? refusal : refusal.retryAfter(delay);
  }

  private static List<InvalidParam> params(JsonNode array) {
    List<InvalidParam> params = new ArrayList<>();
    for (JsonNode entry : array) {
      if (params.size() < PARAMS_MAX) {
        params.add(
            new InvalidParam(
                text(entry.path("param").asText("")), text(entry.path("reason").asText(""))));
      }
    }
    return params;
  }

  private static String text(String peers) {
    String bounded = peers.substring(0, Math.min(peers.length(), TEXT_CHARACTERS_MAX));
    return bounded.replaceAll("\\p{Cntrl}", " ");
  }

  private static @Nullable Duration seconds(@Nullable String retryAfter) {
    return retryAfter != null && retryAfter.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(retryAfter))
        : null;
  }

  /** As on the wire; absent members are null. */
  private record ProblemDetails(
      int status, String cause, String detail, @Nullable List<InvalidParam> invalidParams) {}
}

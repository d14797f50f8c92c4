package io.aipaging.smfadapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.Configuration;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An adapter as a process of its own, to be killed: carries out the COMMITs it reads, and says what
 * it carries when it reads {@code list}.
 */
final class GateProcess {
  /** The word it answers with what it carries. */
  static final String LIST = "list";

  /** How its answers begin; other lines are of its log. */
  static final Set<String> ANSWERS = Set.of("ready", "applied", "refused", "carried");

  private GateProcess() {}

  public static void main(String[] arguments) throws Exception {
    SmfAdapterConfig config =
        Configuration.load(
            SmfAdapterConfig.class, Path.of(arguments[0]), Map.of(), "AIPAGING_SMFADAPTER");
    JsonNode jwks = Json.tree(Files.readAllBytes(Path.of(arguments[1])));
    JwkSet keys = Json.MAPPER.treeToValue(jwks, JwkSet.class);
    SmfAdapter adapter = SmfAdapterMain.start(config, (call, request) -> keys, null);
    System.out.println("ready");
    BufferedReader commits =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = commits.readLine(); line != null; line = commits.readLine()) {
      System.out.println(line.equals(LIST) ? carried(adapter) : answer(adapter, line));
    }
  }

  private static String answer(SmfAdapter adapter, String commit) {
    try {
      var applied = adapter.steering().applyCommits(call(), new ApplyCommits(List.of(commit)));
      return "applied " + applied.applied().getFirst().remainingMs();
    } catch (Refusal e) {
      return "refused " + e.problemCause();
    }
  }

  private static String carried(SmfAdapter adapter) {
    return "carried "
        + adapter.steering().listGrants(call(), new ListGrants()).grants().stream()
            .map(grant -> grant.leaseId() + " " + grant.gen() + " " + grant.expiresAt())
            .toList();
  }

  private static Call call() {
    return Call.within("test", Instant.now(), Duration.ofSeconds(5));
  }
}

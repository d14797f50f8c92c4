package io.aipaging.cli.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.AppSessionOrder;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionWriter;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.core.CoreProfile;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes one app session, changes, reads and deletes it, with the pauses that the most delicate core
 * needs. The flow it asks for is of TEST-NET-1 (RFC 5737), where no traffic is.
 */
final class N5Probe {
  private static final String SESSIONS = "/npcf-policyauthorization/v1/app-sessions";
  private static final Duration GAP = Duration.ofMillis(100);
  private static final String APP = "aipaging-probe";
  private static final int DISCARD = 9;
  private static final String CHANGED = "aipaging-probe-changed";

  private final RawClient pcf;
  private final CoreProfile.N5 core;
  private final Duration answer;

  N5Probe(RawClient pcf, CoreProfile.N5 core, Duration answer) {
    this.pcf = pcf;
    this.core = core;
    this.answer = answer;
  }

  /** For whom what is asked. */
  record Wish(UeAddress ue, AppSessionOrder.Subscriber subscriber, String qosReference) {}

  /** Tries everything; false when the PCF does not even answer the first request. */
  boolean run(Wish wish, Map<String, String> seen) {
    RawClient.Reply made = send("POST", SESSIONS, create(wish), seen, "N5 create");
    if (made == null) {
      return false;
    }
    String location = made.header("Location");
    if (made.status() != 201 || location == null) {
      seen.put("N5 create", "refused: " + made.status() + " " + reason(made.body()));
      return true;
    }
    seen.put("N5 create", "yes; that it is enforced is not implied");
    String session = SESSIONS + "/" + location.substring(location.lastIndexOf('/') + 1);
    try {
      change(session, wish, seen);
    } finally {
      pause();
      RawClient.Reply gone = send("POST", session + "/delete", null, seen, "N5 delete");
      if (gone != null) {
        boolean deleted = gone.status() == 204 || gone.status() == 200;
        seen.put("N5 delete", deleted ? "yes" : "refused: " + gone.status());
      }
    }
    return true;
  }

  private void change(String session, Wish wish, Map<String, String> seen) {
    pause();
    ObjectNode update = JsonNodeFactory.instance.objectNode();
    update
        .putObject("ascReqData")
        .put("afAppId", CHANGED)
        .set("medComponents", create(wish).at("/ascReqData/medComponents"));
    RawClient.Reply changed = send("PATCH", session, update, seen, "N5 patch");
    pause();
    RawClient.Reply read = send("GET", session, null, seen, "N5 read");
    if (changed == null || read == null) {
      return;
    }
    boolean readable = read.status() == 200;
    seen.put("N5 read", readable ? "yes" : "no (" + read.status() + ")");
    boolean applied = read.body().path("ascReqData").path("afAppId").asText("").equals(CHANGED);
    String effect =
        !readable
            ? "answered 200; cannot be read back"
            : applied ? "yes" : "answered 200 and changed nothing";
    seen.put("N5 patch", changed.status() == 200 ? effect : "no (" + changed.status() + ")");
  }

  private RawClient.@Nullable Reply send(
      String method,
      String target,
      @Nullable JsonNode body,
      Map<String, String> seen,
      String capability) {
    Map<String, String> headers =
        method.equals("PATCH")
            ? Map.of("User-Agent", "AF-aipaging", "Content-Type", "application/merge-patch+json")
            : Map.of("User-Agent", "AF-aipaging");
    try {
      return pcf.send(new RawClient.Request(method, target, headers, body), answer);
    } catch (Refusal e) {
      seen.put(capability, "no answer: " + e.detail());
      return null;
    }
  }

  /** Exactly what the PCF adapter sends. */
  private ObjectNode create(Wish wish) {
    boolean ipv6 = wish.ue().address() instanceof Inet6Address;
    AppSessionDefaults ofTheProbe = new AppSessionDefaults(null, null, APP, List.of());
    return new AppSessionWriter(core, ofTheProbe, "http://192.0.2.1/")
        .json(
            new AppSessionOrder(
                APP,
                wish.ue(),
                ServiceEndpoint.of(ipv6 ? "2001:db8::1" : "192.0.2.1", "UDP", DISCARD),
                wish.qosReference(),
                null,
                null,
                null,
                wish.subscriber()));
  }

  private static String reason(JsonNode problem) {
    String cause = problem.path("cause").asText("");
    String text = cause.isEmpty() ? problem.path("title").asText("") : cause;
    return text.replaceAll("[^ -~]", "?").substring(0, Math.min(text.length(), 80));
  }

  private static void pause() {
    long end = System.nanoTime() + GAP.toNanos();
    for (long left = GAP.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}

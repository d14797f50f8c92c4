package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.core.UserPlane.Influence;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.spec.SpecSchema;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An SMF that changes user-plane paths (TS 23.502 §4.3.6.3): told EARLY before and LATE after.
 * Where an acknowledgement is wanted it waits for one each time, and a refusal or silence leaves
 * the path as it was.
 */
final class SmfServer {
  static final String ACK_TYPE = "AckOfNotify";
  static final String EXPOSURE_TYPE = "NsmfEventExposure";
  private static final String SUBSCRIPTIONS = "/nsmf-event-exposure/v1/subscriptions";

  /** Before the names of subscriptions, among those of other wishes. */
  private static final String NAME = "subscription-";

  private static final String ACKS = "/nsmf-callback/v1/acks/";
  private static final long EARLY_AFTER_MS = 5;
  private static final long LATE_AFTER_MS = 2;
  private static final long ACK_WITHIN_MS = 3_000;

  /** Places that the SMF's topology has. */
  private static final Set<String> DNAIS = Set.of("edge-a", "edge-b", "edge-c");

  private final Vertx vertx;
  private final Set<Quirk> quirks;
  private final UserPlane plane;
  private final Supplier<URI> self;
  private final @Nullable SpecSchema spec;
  private final HttpClient client;
  private final AtomicLong numbered = new AtomicLong();
  private final Map<String, Consumer<Boolean>> awaited = new ConcurrentHashMap<>();
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private final List<String> acks = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  SmfServer(
      Vertx vertx,
      Set<Quirk> quirks,
      UserPlane plane,
      Supplier<URI> self,
      @Nullable SpecSchema spec) {
    this.vertx = vertx;
    this.quirks = quirks;
    this.plane = plane;
    this.self = self;
    this.spec = spec;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(2_000));
  }

  /** Brings a subscriber's path to what is wanted, as far as the topology has it (F-44). */
  void steer(Influence wanted) {
    if (!wanted.dnai().isEmpty() && !DNAIS.contains(wanted.dnai())) {
      return;
    }
    String source = plane.path(wanted.supi());
    vertx.setTimer(
        EARLY_AFTER_MS,
        _ ->
            told(
                wanted,
                source,
                "EARLY",
                () -> vertx.setTimer(LATE_AFTER_MS, _ -> change(wanted, source))));
  }

  private void change(Influence wanted, String source) {
    boolean first = !waits(wanted);
    if (first) {
      plane.leaves(wanted.supi(), wanted.dnai());
    }
    told(
        wanted,
        source,
        "LATE",
        () -> {
          if (!first) {
            plane.leaves(wanted.supi(), wanted.dnai());
          }
        });
  }

  private boolean waits(Influence wanted) {
    return wanted.acknowledged() && !quirks.contains(Quirk.F_47);
  }

  /** Tells, and goes on with {@code next} at once or when it may. */
  private void told(Influence wanted, String source, String when, Runnable next) {
    if (!waits(wanted)) {
      tell(wanted, source, when, null);
      next.run();
      return;
    }
    String number = Long.toString(numbered.incrementAndGet());
    String what = when + " " + wanted.dnai() + " ";
    long timer =
        vertx.setTimer(
            ACK_WITHIN_MS,
            _ -> {
              if (awaited.remove(number) != null) {
                acks.add(what + "NONE");
              }
            });
    awaited.put(
        number,
        positive -> {
          vertx.cancelTimer(timer);
          if (positive) {
            next.run();
          }
        });
    tell(wanted, source, when, self.get() + ACKS + number + "-" + when + "-" + wanted.dnai());
  }

  /** Acknowledgements and subscriptions. */
  Answer answer(HttpServerRequest request, Buffer body) {
    String path = String.valueOf(request.path());
    if (path.startsWith(SUBSCRIPTIONS) && quirks.contains(Quirk.F_50)) {
      return Answer.problem(501, "Not Implemented", "");
    }
    if (path.startsWith(SUBSCRIPTIONS)) {
      return subscription(request.method().name(), path, NfServer.tree(body));
    }
    if (!path.startsWith(ACKS) || !request.method().name().equals("POST")) {
      return Answer.problem(404, "Not Found", "no such resource");
    }
    String[] named = path.substring(ACKS.length()).split("-", 3);
    JsonNode ack = NfServer.tree(body);
    if (ack == null || !ack.isObject()) {
      return Answer.problem(400, "Malformed request syntax", "no object");
    }
    if (spec != null) {
      faults.addAll(spec.faults(ACK_TYPE, ack));
    }
    Consumer<Boolean> waiting = awaited.remove(named[0]);
    if (waiting == null) {
      return Answer.problem(404, "Not Found", "nobody waits for this");
    }
    String status = ack.at("/ackResult/afStatus").asText();
    acks.add(named[1] + " " + named[2] + " " + status);
    waiting.accept(status.equals("SUCCESS"));
    return Answer.of(204);
  }

  private Answer subscription(String method, String path, @Nullable JsonNode body) {
    boolean one = path.startsWith(SUBSCRIPTIONS + "/");
    String id = one ? path.substring(SUBSCRIPTIONS.length() + 1) : "";
    if (one && !subscriptions.contains(id)) {
      return Answer.problem(404, "Not Found", "no such subscription");
    }
    if (one && method.equals("DELETE")) {
      subscriptions.remove(id);
      var _ = plane.remove(NAME + id);
      return Answer.of(204);
    }
    if (body == null || !method.equals(one ? "PUT" : "POST")) {
      return Answer.problem(405, "Method Not Allowed", method);
    }
    if (spec != null) {
      faults.addAll(spec.faults(EXPOSURE_TYPE, body));
    }
    String made = one ? id : Long.toString(numbered.incrementAndGet());
    subscriptions.add(made);
    JsonNode event = body.at("/eventSubs/0");
    var _ =
        plane.put(
            NAME + made,
            new Influence(
                body.path("supi").asText(),
                "",
                body.path("notifUri").asText(),
                body.path("notifId").asText(),
                event.path("dnaiChgType").asText(),
                true));
    Answer answer = Answer.of(one ? 200 : 201, body);
    return one
        ? answer
        : new Answer(
            201,
            Map.of(
                "Content-Type",
                "application/json",
                "Location",
                self.get() + SUBSCRIPTIONS + "/" + made),
            body);
  }

  /** How many are subscribed to. */
  int subscribed() {
    return subscriptions.size();
  }

  /** Forgets who has subscribed. */
  void forget() {
    subscriptions.forEach(id -> plane.remove(NAME + id));
    subscriptions.clear();
  }

  private void tell(Influence of, String source, String when, @Nullable String ackUri) {
    boolean unsaid = of.changes().isEmpty() && !quirks.contains(Quirk.F_43);
    if (!unsaid && !of.changes().contains(when)) {
      return;
    }
    ObjectNode told = JsonNodeFactory.instance.objectNode().put("notifId", of.notifId());
    ObjectNode event = told.putArray("eventNotifs").addObject().put("event", "UP_PATH_CH");
    if (quirks.contains(Quirk.F_45)) {
      event.putNull("timeStamp");
    } else {
      event.put("timeStamp", "2026-11-27T10:00:00Z").put("supi", of.supi());
    }
    event.put("dnaiChgType", when);
    if (!source.isEmpty()) {
      event.put("sourceDnai", source);
    }
    if (!of.dnai().isEmpty()) {
      event.put("targetDnai", of.dnai());
    }
    boolean empty = quirks.contains(Quirk.F_46);
    if (empty || !source.isEmpty()) {
      event.putObject("sourceTraRouting").put("dnai", source);
    }
    if (empty || !of.dnai().isEmpty()) {
      event.putObject("targetTraRouting").put("dnai", of.dnai());
    }
    if (ackUri != null) {
      told.put("ackUri", ackUri);
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(of.notifUri())
            .putHeader("Content-Type", "application/json")
            .putHeader("User-Agent", "SMF");
    int times = quirks.contains(Quirk.F_53) ? 2 : 1;
    for (int i = 0; i < times; i++) {
      var _ = client.request(options).compose(request -> request.send(told.toString()));
    }
  }

  /** Moves a UE by itself, as when it has moved. */
  void move(String supi, String target) {
    plane.of(supi).forEach(one -> steer(one.to(target)));
  }

  /** What was acknowledged, as {@code EARLY edge-b SUCCESS}; {@code NONE} for silence. */
  List<String> acks() {
    return List.copyOf(acks);
  }

  /** What was acknowledged against TS 29.508; null where that is not here. */
  @Nullable List<String> faults() {
    return spec == null ? null : List.copyOf(faults);
  }
}

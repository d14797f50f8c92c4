package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.spec.SpecSchema;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The profiles an NRF has and what it says about them. Thread-safe, knows no HTTP. */
final class SimulatedNrf {
  private static final Set<String> HIDDEN = Set.of("SMF", "UDR", "UDM", "AMF");
  private static final Set<String> REPLACEABLE = Set.of("/nfStatus", "/load", "/plmnList");
  private static final int TIMER_DEFAULT = 10;
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Schema of a registration. */
  static final String PROFILE = "NFProfile";

  /** Schema of one change of a profile. */
  static final String CHANGE = "PatchItem";

  private final Set<Quirk> quirks;
  private final ProfileRules rules;
  private final @Nullable SpecSchema spec;
  private final List<String> faults = new ArrayList<>();
  private final boolean oauth2;
  private final LongSupplier nanos;
  private final Supplier<URI> self;
  private final Map<String, ObjectNode> profiles = new LinkedHashMap<>();
  private final Map<String, Long> heard = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  /**
   * An NRF without consumers.
   *
   * @param self its {@code apiRoot}
   * @param spec components {@link #PROFILE} and {@link #CHANGE} to hold requests against, or null
   */
  SimulatedNrf(
      Set<Quirk> quirks,
      boolean oauth2,
      LongSupplier nanos,
      Supplier<URI> self,
      @Nullable SpecSchema spec) {
    this.self = self;
    this.spec = spec;
    this.quirks = quirks;
    this.rules = new ProfileRules(quirks);
    this.oauth2 = oauth2;
    this.nanos = nanos;
  }

  /** An NF of the core itself: it is known for as long as the core runs. */
  synchronized void registerOwn(String id, ObjectNode profile) {
    profiles.put(id, profile);
  }

  /** An NF of the core is there no longer. */
  synchronized void withdrawOwn(String id) {
    profiles.remove(id);
  }

  /** PUT of a profile. */
  synchronized Answer register(String id, @Nullable JsonNode profile) {
    count("register");
    if (!(profile instanceof ObjectNode given)) {
      return Answer.problem(400, "Malformed request syntax", "no profile");
    }
    holdAgainst(PROFILE, given);
    Answer refusal = rules.refusal(id, given);
    if (refusal != null) {
      return refusal;
    }
    ObjectNode answer = given.deepCopy();
    if (quirks.contains(Quirk.O_04) && !answer.has("heartBeatTimer")) {
      answer.put("heartBeatTimer", TIMER_DEFAULT);
    }
    if (quirks.contains(Quirk.O_02)) {
      answer.set("nfServices", ProfileRules.knownServices(given.path("nfServices")));
    }
    ObjectNode kept = answer.deepCopy();
    if (quirks.contains(Quirk.O_03)) {
      kept.remove("customInfo");
    }
    answer.withObject("/customInfo").put("oauth2", oauth2);
    boolean known = profiles.put(id, kept) != null;
    heard.put(id, nanos.getAsLong());
    String path = "/nnrf-nfm/v1/nf-instances/" + id;
    String place = quirks.contains(Quirk.O_06) ? path : self.get() + path;
    return new Answer(
        known ? 200 : 201, Map.of("Content-Type", "application/json", "Location", place), answer);
  }

  private void holdAgainst(String component, JsonNode body) {
    if (spec != null) {
      faults.addAll(spec.faults(component, body));
    }
  }

  /** What was sent against the specification; null where it is not here. */
  synchronized @Nullable List<String> faults() {
    return spec == null ? null : List.copyOf(faults);
  }

  /** PATCH of a profile. */
  synchronized Answer beat(String id, @Nullable JsonNode patch) {
    count("heartbeat");
    forgetTheLate();
    ObjectNode profile = profiles.get(id);
    if (profile == null) {
      return Answer.problem(404, "Not Found", "no such NF instance");
    }
    if (patch == null || !patch.isArray()) {
      return Answer.problem(400, "Malformed request syntax", "no JSON patch");
    }
    for (JsonNode change : patch) {
      holdAgainst(CHANGE, change);
      boolean allowed =
          change.path("op").asText().equals("replace")
              && REPLACEABLE.contains(change.path("path").asText());
      if (quirks.contains(Quirk.O_05) && !allowed) {
        return Answer.problem(400, "Unsupported patch", change.toString());
      }
    }
    heard.put(id, nanos.getAsLong());
    return quirks.contains(Quirk.F_08) ? Answer.of(200, profile) : Answer.of(204);
  }

  /** GET of a profile. */
  synchronized Answer read(String id) {
    forgetTheLate();
    ObjectNode profile = profiles.get(id);
    return profile == null
        ? Answer.problem(404, "Not Found", "no such NF instance")
        : Answer.of(200, profile);
  }

  /** DELETE of a profile. */
  synchronized Answer deregister(String id) {
    count("deregister");
    heard.remove(id);
    return profiles.remove(id) == null
        ? Answer.problem(404, "Not Found", "no such NF instance")
        : Answer.of(204);
  }

  /** Discovery. */
  synchronized Answer discover(Map<String, String> query) {
    count("discover");
    forgetTheLate();
    String target = query.getOrDefault("target-nf-type", "");
    String requester = query.getOrDefault("requester-nf-type", "");
    if (quirks.contains(Quirk.O_08) && !ProfileRules.TYPES.contains(requester)) {
      return Answer.problem(400, "No requester-nf-type", "");
    }
    if (quirks.contains(Quirk.F_03)
        && (!ProfileRules.TYPES.contains(requester) || !ProfileRules.TYPES.contains(target))) {
      return Answer.problem(400, "Loss mandatory parameter", "");
    }
    if (target.isEmpty() || requester.isEmpty()) {
      return Answer.problem(400, "Mandatory query parameter missing", "");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("validityPeriod", quirks.contains(Quirk.F_04) ? 100 : 30);
    ArrayNode found = answer.putArray("nfInstances");
    boolean hidden =
        quirks.contains(Quirk.O_11) && requester.equals("AF") && HIDDEN.contains(target);
    for (ObjectNode profile : profiles.values()) {
      if (!hidden && profile.path("nfType").asText().equals(target)) {
        found.add(
            quirks.contains(Quirk.F_04)
                ? profile
                : withServices(profile, query.getOrDefault("service-names", "")));
      }
    }
    return Answer.of(200, answer);
  }

  /** As an array where the core is of old, else as the map that came with Release 17. */
  private ObjectNode withServices(ObjectNode profile, String names) {
    ObjectNode shown = profile.deepCopy();
    shown.remove("nfServices");
    List<String> wanted = List.of(names.split(","));
    for (JsonNode service : profile.path("nfServices")) {
      if (!names.isEmpty() && !wanted.contains(service.path("serviceName").asText())) {
        continue;
      }
      if (quirks.contains(Quirk.O_10)) {
        shown.withArray("nfServices").add(service);
      } else {
        shown.withObject("/nfServiceList").set(service.path("serviceInstanceId").asText(), service);
      }
    }
    return shown;
  }

  /** Whether an instance is registered as that type. */
  synchronized boolean knows(String id, String nfType) {
    ObjectNode profile = profiles.get(id);
    return profile != null && profile.path("nfType").asText().equals(nfType);
  }

  /** Whether some instance of a type offers a service; the NRF offers its own. */
  synchronized boolean offers(String nfType, String service) {
    if (nfType.equals("NRF")) {
      return service.equals("nnrf-disc") || service.equals("nnrf-nfm");
    }
    return profiles.values().stream()
        .filter(profile -> profile.path("nfType").asText().equals(nfType))
        .flatMap(profile -> profile.path("nfServices").valueStream())
        .anyMatch(offered -> offered.path("serviceName").asText().equals(service));
  }

  /** As a restart without its database does; the core's own NFs register at once again. */
  synchronized void forgetConsumers() {
    heard.keySet().forEach(profiles::remove);
    heard.clear();
  }

  /** Types of all that have registered from outside the core, by instance id. */
  synchronized Map<String, String> consumers() {
    forgetTheLate();
    Map<String, String> types = new LinkedHashMap<>();
    profiles.forEach(
        (id, profile) -> {
          if (heard.containsKey(id)) {
            types.put(id, profile.path("nfType").asText());
          }
        });
    return types;
  }

  /** How often each was asked. */
  synchronized Map<String, Long> counts() {
    return new LinkedHashMap<>(counts);
  }

  /** Counts a question asked elsewhere. */
  synchronized void count(String question) {
    counts.merge(question, 1L, Long::sum);
  }

  private void forgetTheLate() {
    if (quirks.contains(Quirk.O_04)) {
      heard.entrySet().removeIf(entry -> isLate(entry.getKey(), entry.getValue()));
    }
  }

  private boolean isLate(String id, long lastNanos) {
    ObjectNode profile = profiles.get(id);
    long timer = profile == null ? 0 : profile.path("heartBeatTimer").asLong(0);
    Duration allowed = Duration.ofSeconds(timer);
    boolean late = nanos.getAsLong() - lastNanos > allowed.plus(GRACE).toNanos();
    if (late) {
      profiles.remove(id);
    }
    return late;
  }
}

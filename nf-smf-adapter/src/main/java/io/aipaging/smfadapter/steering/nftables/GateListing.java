package io.aipaging.smfadapter.steering.nftables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads what {@code nft -j list} says of the gate's table. */
final class GateListing {
  private final JsonNode entries;

  private GateListing(JsonNode entries) {
    this.entries = entries;
  }

  static GateListing parse(String json) throws SteeringFailed {
    try {
      return new GateListing(new ObjectMapper().readTree(json).path("nftables"));
    } catch (JsonProcessingException e) {
      throw new SteeringFailed("nft listed something that is not JSON", e);
    }
  }

  boolean hasChain(String name) {
    return StreamSupport.stream(entries.spliterator(), false)
        .anyMatch(entry -> entry.path("chain").path("name").asText().equals(name));
  }

  Set<GrantId> live() {
    Set<GrantId> live = new TreeSet<>();
    for (JsonNode element : elements("set", "grant_live")) {
      live.add(new GrantId(key(element).asLong()));
    }
    return live;
  }

  GateState state() {
    GateState state = new GateState();
    for (JsonNode element : elements("map", "grant_via")) {
      // Whole seconds, rounded down.
      Duration timeLeft =
          Duration.ofSeconds(1 + element.get(0).path("elem").path("expires").asLong());
      state.lead(
          new GrantId(key(element.get(0)).asLong()), (int) element.get(1).asLong(), timeLeft);
    }
    for (JsonNode element : elements("map", "lease_sel")) {
      String flow =
          StreamSupport.stream(key(element.get(0)).path("concat").spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(" . "));
      state.select(flow, new GrantId(element.get(1).asLong()));
    }
    return state;
  }

  /** Packets by counter, without the {@code denied_} of its name. */
  Map<String, Long> denied() {
    Map<String, Long> denied = new TreeMap<>();
    for (JsonNode entry : entries) {
      String name = entry.path("counter").path("name").asText();
      if (name.startsWith("denied_")) {
        denied.put(
            name.substring("denied_".length()), entry.path("counter").path("packets").asLong());
      }
    }
    return denied;
  }

  private List<JsonNode> elements(String kind, String name) {
    List<JsonNode> elements = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (entry.path(kind).path("name").asText().equals(name)) {
        entry.path(kind).path("elem").forEach(elements::add);
      }
    }
    return elements;
  }

  /** A key is bare, or wrapped together with its timeout. */
  private static JsonNode key(JsonNode element) {
    return element.has("elem") ? element.path("elem").path("val") : element;
  }
}

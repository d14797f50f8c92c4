package io.aipaging.pcfadapter.qosbinding.n5;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.PduSessions;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.client.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PDU sessions as Open5GS's SMFs list them on their metrics listener ({@code GET /pdu-info}): the
 * only place where that core says whose an address is. What no SMF lists has ended; while one of
 * them does not answer, nothing is said of what the others do not list.
 */
public final class SmfPduInfo implements PduSessions {
  private static final int PAGE_SIZE = 100;
  private static final int PAGES_MAX = 10_000;

  private final List<RawClient> smfs;
  private final Duration timeout;

  /**
   * Asks these.
   *
   * @param smfs all SMFs of the core
   * @param timeout longest wait for one page
   */
  public SmfPduInfo(List<RawClient> smfs, Duration timeout) {
    this.smfs = List.copyOf(smfs);
    this.timeout = timeout;
  }

  /** A list that changes between two of its pages may pass over a session: two have to agree. */
  @Override
  public Map<UeAddress, Standing> look(Collection<UeAddress> ues) {
    Map<UeAddress, Standing> first = once(ues);
    List<UeAddress> missing =
        first.entrySet().stream()
            .filter(said -> said.getValue() instanceof Standing.Ended)
            .map(Map.Entry::getKey)
            .toList();
    if (missing.isEmpty()) {
      return first;
    }
    Map<UeAddress, Standing> sure = new HashMap<>(first);
    sure.keySet().removeAll(missing);
    sure.putAll(once(missing));
    return sure;
  }

  private Map<UeAddress, Standing> once(Collection<UeAddress> ues) {
    List<Listed> listed = new ArrayList<>();
    boolean whole = !smfs.isEmpty();
    for (RawClient smf : smfs) {
      whole &= list(smf, listed);
    }
    Map<UeAddress, Listed> owners = new HashMap<>();
    listed.forEach(session -> owners.put(session.ue(), session));
    Map<UeAddress, Standing> standing = new HashMap<>();
    for (UeAddress ue : ues) {
      Listed found = owners.get(ue);
      if (found != null) {
        standing.put(ue, new Standing.Of(found.supi(), found.flows()));
      } else if (whole) {
        standing.put(ue, new Standing.Ended());
      }
    }
    return standing;
  }

  /** A PDU session of the list; its SUPI goes nowhere. */
  private record Listed(UeAddress ue, String supi, @Nullable Integer flows) {}

  /** Reads all pages; false where it did not come to the end. */
  private boolean list(RawClient smf, List<Listed> into) {
    try {
      for (int page = 0; page < PAGES_MAX; page++) {
        RawClient.Reply reply =
            smf.send(
                RawClient.Request.of(
                    "GET", "/pdu-info?page=" + page + "&page_size=" + PAGE_SIZE, null),
                timeout);
        JsonNode items = reply.body().path("items");
        if (reply.status() != 200 || !items.isArray()) {
          return false;
        }
        items.forEach(item -> take(item, into));
        if (items.size() < PAGE_SIZE) {
          return true;
        }
      }
      return false;
    } catch (Refusal e) {
      return false;
    }
  }

  private static void take(JsonNode item, List<Listed> into) {
    String supi = item.path("supi").asText("");
    for (JsonNode pdu : item.path("pdu")) {
      for (String member : List.of("ipv4", "ipv6")) {
        UeAddress ue = address(pdu.path(member).asText(""));
        if (ue != null && !supi.isEmpty()) {
          JsonNode flows = pdu.path("qos_flows");
          into.add(new Listed(ue, supi, flows.isArray() ? Math.max(0, flows.size() - 1) : null));
        }
      }
    }
  }

  private static @Nullable UeAddress address(String text) {
    try {
      return UeAddress.parse(text).ofPduSession();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

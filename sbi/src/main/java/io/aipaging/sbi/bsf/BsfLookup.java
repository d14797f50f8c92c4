package io.aipaging.sbi.bsf;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.Snssai;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.nrf.Candidates;
import io.aipaging.sbi.nrf.NfPeers;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the PCF of a PDU session (Nbsf_Management, TS 29.521 §5.3.2): by address only, because some
 * cores ignore every other filter. No binding is an answer, 204 as well as 404.
 */
public final class BsfLookup {
  private static final NfPeers.Kind BSF = new NfPeers.Kind("BSF", "nbsf-management");
  private static final String BINDINGS = "/nbsf-management/v1/pcfBindings";
  private static final int GATEWAY_TIMEOUT = 504;
  private static final Map<String, String> HEADERS = Map.of("User-Agent", "AF-aipaging");

  private final Supplier<List<URI>> bsfs;
  private final Function<URI, RawClient> clients;
  private final Duration timeout;
  private final Candidates candidates = new Candidates(System::nanoTime);

  /**
   * A lookup.
   *
   * @param bsfs the core's BSFs, the best first; may throw {@link Refusal}
   * @param clients how to reach each
   * @param timeout longest wait for one answer
   */
  public BsfLookup(Supplier<List<URI>> bsfs, Function<URI, RawClient> clients, Duration timeout) {
    this.bsfs = bsfs;
    this.clients = clients;
    this.timeout = timeout;
  }

  /** A lookup at those that an NRF names. */
  public static BsfLookup among(NfPeers peers, Duration timeout) {
    return new BsfLookup(() -> peers.named(BSF), uri -> peers.reached(BSF, uri), timeout);
  }

  /**
   * A PDU session's PCF; what the BSF does not say is null.
   *
   * @param pcf {@code apiRoot} of its Npcf_PolicyAuthorization
   * @param supi subscriber; goes to the core only
   * @param dnn data network
   * @param snssai slice
   */
  public record PcfBinding(
      URI pcf, @Nullable String supi, @Nullable String dnn, @Nullable Snssai snssai) {
    /** Keeps the SUPI out of logs. */
    @Override
    public String toString() {
      return "PcfBinding[pcf=" + pcf + ", dnn=" + dnn + ", snssai=" + snssai + "]";
    }
  }

  /**
   * What a UE sends from.
   *
   * @param address first address
   * @param prefixLength 32 for IPv4, 1 to 128 for IPv6
   */
  public record Sender(InetAddress address, int prefixLength) {}

  /** What the core's BSFs say of an address. */
  public sealed interface Said {
    /** It has that binding. */
    record Bound(PcfBinding binding) implements Said {}

    /** It has none that can be used. */
    record Unbound() implements Said {}

    /** None of them answers. */
    record Nothing() implements Said {}
  }

  /** The binding of a UE's address; empty when no BSF knows it or none answers. */
  public Optional<PcfBinding> find(Sender ue) {
    return look(ue) instanceof Said.Bound(PcfBinding binding)
        ? Optional.of(binding)
        : Optional.empty();
  }

  /** What the first BSF that answers says of a UE's address. */
  public Said look(Sender ue) {
    try {
      for (URI bsf : candidates.inOrder(bsfs.get())) {
        Optional<RawClient.Reply> reply = ask(bsf, ue);
        if (reply.isPresent()) {
          candidates.answered(bsf);
          return said(bsf, reply.get());
        }
        candidates.failed(bsf);
      }
    } catch (Refusal e) {
      // Without a BSF the PCF may still be found.
    }
    return new Said.Nothing();
  }

  private static Said said(URI bsf, RawClient.Reply reply) {
    Optional<PcfBinding> binding =
        reply.status() == 200 ? binding(bsf, reply.body()) : Optional.empty();
    return binding.isPresent() ? new Said.Bound(binding.get()) : new Said.Unbound();
  }

  /** Its answer about the address; empty when it is out of use. */
  private Optional<RawClient.Reply> ask(URI bsf, Sender ue) {
    try {
      RawClient.Reply reply = clients.apply(bsf).send(request(ue), timeout);
      if (reply.status() == GATEWAY_TIMEOUT) { // an SCP, whose peer has just restarted
        reply = clients.apply(bsf).send(request(ue), timeout);
      }
      boolean answered = reply.status() == 200 || reply.status() == 204 || reply.status() == 404;
      return answered ? Optional.of(reply) : Optional.empty();
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  /** What to ask a BSF about a UE's address. */
  public static RawClient.Request request(Sender ue) {
    String address = AddressText.of(ue.address());
    String query =
        ue.address() instanceof Inet6Address
            ? "ipv6Prefix=" + address + "%2F" + ue.prefixLength()
            : "ipv4Addr=" + address;
    return new RawClient.Request("GET", BINDINGS + "?" + query, HEADERS, null);
  }

  /** The binding in a BSF's 200; empty when it names no usable PCF. */
  public static Optional<PcfBinding> binding(URI bsf, JsonNode body) {
    JsonNode endPoint = body.path("pcfIpEndPoints").path(0);
    String ipv6 = endPoint.path("ipv6Address").asText("");
    String host =
        endPoint
            .path("ipv4Address")
            .asText(ipv6.isEmpty() ? body.path("pcfFqdn").asText("") : "[" + ipv6 + "]");
    boolean https = "https".equals(bsf.getScheme());
    int port = endPoint.path("port").asInt(https ? 443 : 80);
    try {
      URI pcf = new URI(bsf.getScheme() + "://" + host + ":" + port);
      return pcf.getHost() == null
          ? Optional.empty()
          : Optional.of(
              new PcfBinding(pcf, text(body.path("supi")), text(body.path("dnn")), slice(body)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Snssai slice(JsonNode body) {
    try {
      JsonNode slice = body.path("snssai");
      return slice.isObject() ? Json.MAPPER.convertValue(slice, Snssai.class) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() && !node.asText().isEmpty() ? node.asText() : null;
  }
}

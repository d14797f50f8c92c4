package io.aipaging.cli.core;

import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.AppSessionOrder;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.bsf.BsfLookup;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.nrf.Nrf;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.nrf.OfferedService;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks a core one thing after the other and notes what it saw. */
public final class CoreProbe {
  private static final String NO_CALLBACK =
      "not offered: with access tokens some PCFs accept and do nothing";
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** An address of TEST-NET-1 (RFC 5737), which no UE has. */
  private static final String NOBODY = "192.0.2.1";

  private final Subject subject;
  private final @Nullable Core told;
  private final Map<String, String> seen = new LinkedHashMap<>();

  /**
   * What is looked at.
   *
   * @param nrf {@code apiRoot} of the core's NRF
   * @param address own address to register
   * @param ue address of a UE with a PDU session, or null
   * @param qosReference QoS reference to ask for
   */
  public record Subject(URI nrf, String address, @Nullable String ue, String qosReference) {}

  /**
   * A probe.
   *
   * @param told which core it is; null finds out
   */
  public CoreProbe(Subject subject, @Nullable Core told) {
    this.subject = subject;
    this.told = told;
  }

  /**
   * What was observed, by capability, in order.
   *
   * @throws Refusal 504 when the NRF cannot be reached
   */
  public Map<String, String> run() {
    var _ = withVertx(vertx -> look(transport(vertx), vertx));
    return seen;
  }

  /**
   * Which core it is, from how it registers us.
   *
   * @throws Refusal 504 when the NRF cannot be reached
   */
  Core recognize() {
    return withVertx(
        vertx -> {
          boolean http1 = transport(vertx);
          try (Nrf nrf = register(first(http1).profile(), vertx)) {
            return guess(nrf.awaitRegistered(ANSWER), http1);
          }
        });
  }

  private static Core withVertx(Function<Vertx, Core> work) {
    Vertx vertx = SbiVertx.create(1);
    try {
      return work.apply(vertx);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Notes how the NRF may be spoken to; answers whether HTTP/1.1 is one of the ways. */
  private boolean transport(Vertx vertx) {
    boolean http2 = speaks(true, vertx);
    boolean http1 = speaks(false, vertx);
    if (!http2 && !http1) {
      throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The NRF cannot be reached.");
    }
    seen.put("transport", http2 ? http1 ? "HTTP/2, HTTP/1.1" : "HTTP/2 only" : "HTTP/1.1 only");
    return http1;
  }

  /** How the core is spoken to before it is known. */
  private Core first(boolean http1) {
    return told != null ? told : http1 ? Core.FREE5GC : Core.OPEN5GS;
  }

  private Nrf register(CoreProfile profile, Vertx vertx) {
    Nrf.Who who =
        new Nrf.Who("probe", List.of(new OfferedService("naipf-paging", "1.0.0", false, 80)));
    return Nrf.open(NrfConfig.cleartext(subject.nrf(), subject.address()), profile, who, vertx);
  }

  /** Whether an answer of any kind comes that way. */
  private boolean speaks(boolean http2, Vertx vertx) {
    try (RawClient nrf = client(subject.nrf(), http2, TokenSource.none(), "", vertx)) {
      var _ =
          nrf.send(
              RawClient.Request.of(
                  "GET",
                  "/nnrf-disc/v1/nf-instances?target-nf-type=BSF&requester-nf-type=AF",
                  null),
              ANSWER);
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  private static RawClient client(
      URI apiRoot, boolean http2, TokenSource tokens, String scope, Vertx vertx) {
    ClientConfig config = ClientConfig.cleartext(apiRoot).with(ANSWER, ANSWER, 0);
    return RawClient.create(
        http2 ? config : config.overHttp1(), new RawClient.Access(tokens, scope), vertx);
  }

  private Core look(boolean http1, Vertx vertx) {
    CoreProfile profile = first(http1).profile();
    try (Nrf nrf = register(profile, vertx)) {
      Optional<String> nfType = nrf.awaitRegistered(ANSWER);
      Core core = told != null ? told : guess(nfType, http1);
      seen.put("profile", core.toString());
      seen.put("registered as", nfType.orElse("refused"));
      seen.put("access tokens", nrf.wantsTokens() ? "wanted" : "not wanted");
      Reached reached = new Reached(nrf, profile, vertx);
      if (nrf.wantsTokens()) {
        boolean offered = !reached.discover("SMF", "nsmf-callback").isEmpty();
        seen.put("SMF callback", offered ? "offered" : NO_CALLBACK);
      }
      n5(reached, bsf(reached), core.profile());
      seen.put("events", core.profile().n5().events() ? "asked for" : "never sent by this core");
      steering(reached, core.profile());
      return core;
    }
  }

  private static Core guess(Optional<String> nfType, boolean http1) {
    if (nfType.filter(type -> type.startsWith("CUSTOM_")).isPresent()) {
      return Core.REL18;
    }
    return http1 ? Core.FREE5GC : Core.OPEN5GS;
  }

  /** How others of this core are reached. */
  private record Reached(Nrf nrf, CoreProfile profile, Vertx vertx) {
    List<URI> discover(String nfType, String service) {
      try {
        return nrf.discover(nfType, service);
      } catch (Refusal e) {
        return List.of();
      }
    }

    RawClient client(URI apiRoot, String nfType, String service) {
      return CoreProbe.client(apiRoot, profile.http2(), nrf.tokens(nfType), service, vertx);
    }
  }

  /** Notes what the BSF says; the PCF that it names and for whom. */
  private Optional<BsfLookup.PcfBinding> bsf(Reached reached) {
    List<URI> bsfs = reached.discover("BSF", "nbsf-management");
    if (bsfs.isEmpty()) {
      seen.put("BSF", "none registered");
      return Optional.empty();
    }
    for (URI bsf : bsfs) { // one that has died may still be named
      Optional<RawClient.Reply> reply = ask(reached, bsf);
      if (reply.isPresent()) {
        return said(bsf, reply.get());
      }
    }
    seen.put("BSF", "does not answer");
    return Optional.empty();
  }

  private String ue() {
    return subject.ue() == null ? NOBODY : subject.ue();
  }

  private Optional<RawClient.Reply> ask(Reached reached, URI bsf) {
    UeAddress address = UeAddress.parse(ue());
    var sender = new BsfLookup.Sender(address.address(), address.prefixLength());
    try (RawClient client = reached.client(bsf, "BSF", "nbsf-management")) {
      return Optional.of(client.send(BsfLookup.request(sender), ANSWER));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  private Optional<BsfLookup.PcfBinding> said(URI bsf, RawClient.Reply reply) {
    if (reply.status() != 200) {
      seen.put("BSF", "knows no " + ue() + " (" + reply.status() + ")");
      return Optional.empty();
    }
    Optional<BsfLookup.PcfBinding> binding = BsfLookup.binding(bsf, reply.body());
    boolean subscriber = binding.map(BsfLookup.PcfBinding::supi).isPresent();
    seen.put("BSF", "knows " + ue() + (subscriber ? " and its subscriber" : ", no subscriber"));
    return binding;
  }

  private void n5(Reached reached, Optional<BsfLookup.PcfBinding> binding, CoreProfile profile) {
    List<URI> pcfs = reached.discover("PCF", "npcf-policyauthorization");
    seen.put("PCF", pcfs.isEmpty() ? "none registered" : pcfs.size() + " registered");
    List<URI> candidates = binding.map(known -> List.of(known.pcf())).orElse(pcfs);
    String ue = subject.ue();
    if (candidates.isEmpty() || ue == null) {
      seen.put("N5", candidates.isEmpty() ? "no PCF" : "not tried: no --ue");
      return;
    }
    var subscriber =
        binding
            .map(b -> new AppSessionOrder.Subscriber(b.dnn(), b.snssai(), b.supi()))
            .orElse(new AppSessionOrder.Subscriber(null, null, null));
    var wish = new N5Probe.Wish(UeAddress.parse(ue), subscriber, subject.qosReference());
    for (URI pcf : candidates) {
      try (RawClient client = reached.client(pcf, "PCF", "npcf-policyauthorization")) {
        if (new N5Probe(client, profile.n5(), ANSWER).run(wish, seen)) {
          return;
        }
      }
    }
  }

  /** A probe must not move anybody's path. */
  private void steering(Reached reached, CoreProfile profile) {
    List<String> untried = new ArrayList<>();
    if (!reached.discover("UDR", "nudr-dr").isEmpty()) {
      untried.add("udr-influence");
    }
    if (profile.n5().routes()) {
      untried.add("af-route");
    }
    seen.put(
        "steering",
        untried.isEmpty() ? "n6-gate" : "n6-gate; " + String.join(", ", untried) + " not tried");
    boolean exposed = !reached.discover("SMF", "nsmf-event-exposure").isEmpty();
    seen.put("path-change events", exposed ? "an SMF offers them" : "none found");
  }
}

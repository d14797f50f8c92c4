package io.aipaging.sbi.nrf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.TransportFailure;
import io.aipaging.sbi.wire.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this function registered (TS 29.510 §5.2.2.2 and §5.2.2.3): the types of the profile are
 * tried in order, heartbeats follow the timer that the NRF grants, and a 404 registers anew. It
 * never gives up; nothing else waits for it. Not thread-safe but for what it shows.
 */
final class NrfRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(NrfRegistration.class);
  private static final Duration RETRY_MIN = Duration.ofSeconds(1);
  private static final Duration RETRY_MAX = Duration.ofSeconds(30);
  private static final Duration TIMER_MAX = Duration.ofHours(1);
  private static final String SCOPE = "nnrf-nfm";
  private static final String HEARTBEAT =
      "[{\"op\":\"replace\",\"path\":\"/nfStatus\",\"value\":\"REGISTERED\"}]";

  private final NrfLine nrf;
  private final NrfConfig config;
  private final CoreProfile core;
  private final String id;
  private final String function;
  private final List<OfferedService> services;
  private final AuthorizedLine authorized;
  private int type;
  private Duration retry = RETRY_MIN;
  private Duration timer;
  private volatile @Nullable Registered registered;

  /**
   * Who registers.
   *
   * @param id NF instance id
   * @param function what it is, such as {@code nf-aipf}
   * @param services what it offers
   */
  record Self(String id, String function, List<OfferedService> services) {}

  /**
   * How the NRF knows this function.
   *
   * @param nfType type that it accepted
   * @param oauth2 whether its answer asks for access tokens
   */
  record Registered(String nfType, boolean oauth2) {}

  NrfRegistration(
      NrfLine nrf, NrfConfig config, CoreProfile core, Self self, AuthorizedLine authorized) {
    this.nrf = nrf;
    this.config = config;
    this.core = core;
    this.id = self.id();
    this.function = self.function();
    this.services = self.services();
    this.authorized = authorized;
    this.timer = config.heartbeat();
  }

  /** As what it is registered now. */
  Optional<Registered> registered() {
    return Optional.ofNullable(registered);
  }

  /** Does what is due and returns how long to wait until the next is. */
  Duration advance() {
    try {
      return registered == null ? register() : beat();
    } catch (TransportFailure e) {
      return later("cannot be reached");
    }
  }

  private Duration register() throws TransportFailure {
    HttpReply reply =
        nrf.send(
            new HttpCall("PUT", path(), Map.of("Content-Type", "application/json"), profile()));
    if (reply.status() == 200 || reply.status() == 201) {
      accepted(reply.json());
      return pause();
    }
    if (reply.status() == 400 && type < core.nfTypes().size() - 1) {
      LOG.atInfo()
          .addKeyValue("nfType", core.nfTypes().get(type))
          .log("the NRF refuses the NF type, trying the next");
      type++;
      return Duration.ZERO;
    }
    return later("answered " + reply.status());
  }

  private void accepted(JsonNode answer) {
    long granted = answer.path("heartBeatTimer").asLong(config.heartbeat().toSeconds());
    timer = Duration.ofSeconds(Math.clamp(granted, 1, TIMER_MAX.toSeconds()));
    retry = RETRY_MIN;
    if (!services.isEmpty() && answer.path("nfServices").isEmpty()) {
      LOG.atWarn().log("the NRF keeps none of the services: peers must be told of them");
    }
    boolean oauth2 =
        core.tokens() == CoreProfile.Tokens.LEARNED
            && answer.path("customInfo").path("oauth2").asBoolean(false);
    registered = new Registered(core.nfTypes().get(type), oauth2);
    LOG.atInfo()
        .addKeyValue("nfType", core.nfTypes().get(type))
        .addKeyValue("heartbeatSec", timer.toSeconds())
        .log("registered at the NRF");
  }

  private Duration beat() throws TransportFailure {
    HttpCall heartbeat =
        new HttpCall(
            "PATCH",
            path(),
            Map.of("Content-Type", "application/json-patch+json"),
            Bytes.utf8(HEARTBEAT));
    HttpReply reply;
    try {
      reply = authorized.send(heartbeat, SCOPE);
    } catch (Refusal e) {
      return forgotten("gives no token");
    }
    return switch (reply.status()) {
      case 200, 204 -> {
        retry = RETRY_MIN;
        yield pause();
      }
      case 401, 404 -> forgotten("answered a heartbeat with " + reply.status());
      default -> later("answered a heartbeat with " + reply.status());
    };
  }

  /** Only a registration needs no token. */
  private Duration forgotten(String what) {
    LOG.atInfo().addKeyValue("what", what).log("the NRF has forgotten us, registering anew");
    registered = null;
    return Duration.ZERO;
  }

  /** Bounded by the caller; what the NRF says is of no more interest. */
  void deregister() {
    if (registered != null) {
      try {
        var _ = authorized.send(new HttpCall("DELETE", path(), Map.of(), null), SCOPE);
      } catch (TransportFailure e) {
        LOG.atInfo().log("not deregistered: the NRF cannot be reached");
      }
    }
  }

  private Duration later(String what) {
    LOG.atWarn().addKeyValue("what", what).log("the NRF is of no use, trying again");
    Duration wait = retry;
    retry = retry.multipliedBy(2).compareTo(RETRY_MAX) < 0 ? retry.multipliedBy(2) : RETRY_MAX;
    return spread(wait);
  }

  /** Well before the NRF would miss it. */
  private Duration pause() {
    return spread(timer.multipliedBy(9).dividedBy(10));
  }

  private static Duration spread(Duration longest) {
    long nanos = longest.toNanos();
    return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 4 + 1));
  }

  private String path() {
    return "/nnrf-nfm/v1/nf-instances/" + id;
  }

  private Bytes profile() {
    boolean ipv6 = config.address().contains(":");
    List<String> address = List.of(config.address());
    List<NfProfile.NfService> offered =
        services.stream().map(service -> service.at(config.address())).toList();
    NfProfile profile =
        new NfProfile(
            id,
            core.nfTypes().get(type),
            "REGISTERED",
            (int) config.heartbeat().toSeconds(),
            ipv6 ? null : address,
            ipv6 ? address : null,
            offered.isEmpty() ? null : offered,
            Map.of("aipaging", function));
    try {
      return Bytes.of(Json.MAPPER.writeValueAsBytes(profile));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a profile always serializes", e);
    }
  }
}

package io.aipaging.sbi.nrf;

import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.oauth.TokenCache;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.TransportFailure;
import io.aipaging.sbi.wire.Bytes;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This function at a core's NRF: registered for as long as it is open, in the background; who asks
 * for producers or tokens waits for one answer at most. Thread-safe.
 */
public final class Nrf implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Nrf.class);
  private static final Duration GOODBYE_MAX = Duration.ofSeconds(2);

  /** An NRF that has no token for us now is not stormed for one. */
  private static final Duration TOKEN_REST = Duration.ofSeconds(1);

  private static final String ITSELF = "NRF";

  private final CoreProfile core;
  private final NrfLine line;
  private final String id;
  private final NrfRegistration registration;
  private final NrfDiscovery discovery;
  private final Map<String, TokenSource> tokens = new ConcurrentHashMap<>();
  private final Duration answerWithin;
  private final CountDownLatch tried = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread keeper;

  private Nrf(NrfConfig config, CoreProfile core, Who who, Vertx vertx) {
    UUID own = config.nfInstanceId();
    this.id = (own == null ? UUID.randomUUID() : own).toString();
    this.core = core;
    this.line = new NrfLine(config, core, vertx);
    AuthorizedLine authorized = new AuthorizedLine(line, () -> tokens(ITSELF));
    this.registration =
        new NrfRegistration(
            line,
            config,
            core,
            new NrfRegistration.Self(id, who.function(), who.services()),
            authorized);
    this.answerWithin = config.answerWithin();
    this.discovery = new NrfDiscovery(authorized, core);
    this.keeper = Thread.ofVirtual().name("nrf").start(this::keepRegistered);
  }

  /**
   * Who registers.
   *
   * @param function what it is, such as {@code nf-aipf}; told in {@code customInfo}
   * @param services what it offers to others, possibly nothing
   */
  public record Who(String function, List<OfferedService> services) {
    public Who {
      services = List.copyOf(services);
    }
  }

  /** Starts registering; returns at once. */
  public static Nrf open(NrfConfig config, CoreProfile core, Who who, Vertx vertx) {
    return new Nrf(config, core, who, vertx);
  }

  /** NF type that the NRF knows this function as; empty while it knows it not. */
  public Optional<String> registeredAs() {
    return registration.registered().map(NrfRegistration.Registered::nfType);
  }

  /** The same after the first attempt to register has ended, or {@code timeMax} has passed. */
  public Optional<String> awaitRegistered(Duration timeMax) {
    awaitFirstTry(timeMax);
    return registeredAs();
  }

  /** Whether producers of this core want access tokens, as far as known. */
  public boolean wantsTokens() {
    return registration.registered().map(NrfRegistration.Registered::oauth2).orElse(false);
  }

  /**
   * Where a service is offered, the best first; empty when nobody offers it.
   *
   * @throws io.aipaging.openapi.Refusal 504 when the NRF gives no usable answer and none is kept
   */
  public List<URI> discover(String targetNfType, String serviceName) {
    return discovery.find(targetNfType, serviceName);
  }

  /** Tokens for producers of a type; none while this core wants none. */
  public TokenSource tokens(String targetNfType) {
    return core.tokens() == CoreProfile.Tokens.NEVER
        ? TokenSource.none()
        : tokens.computeIfAbsent(targetNfType, this::tokensFor);
  }

  private TokenSource tokensFor(String targetNfType) {
    TokenCache cache = new TokenCache(scope -> ask(targetNfType, scope), TOKEN_REST);
    return new TokenSource() {
      @Override
      public @Nullable String token(String scope) {
        awaitFirstTry(answerWithin);
        return wantsTokens() ? cache.token(scope) : null;
      }

      @Override
      public void rejected(String token) {
        cache.rejected(token);
      }
    };
  }

  /** Exactly the members that every NRF knows: some refuse any other (TS 29.510 §6.3.5.2.2). */
  private HttpReply ask(String targetNfType, String scope) throws TransportFailure {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("nfInstanceId", id);
    form.put("nfType", registeredAs().orElse(""));
    form.put("targetNfType", targetNfType);
    form.put("scope", scope);
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return line.send(
        new HttpCall(
            "POST",
            "/oauth2/token",
            Map.of(
                "Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"),
            Bytes.utf8(body)));
  }

  /** Only the answer to a registration says whether tokens are wanted. */
  private void awaitFirstTry(Duration timeMax) {
    try {
      boolean _ = tried.await(timeMax.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepRegistered() {
    try {
      Duration wait;
      do {
        wait = advance();
        if (wait.isPositive()) {
          tried.countDown();
        }
      } while (!closed.await(wait.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration advance() {
    try {
      return registration.advance();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("registering failed, trying again");
      return Duration.ofSeconds(5);
    }
  }

  /** Deregisters, for two seconds at most. */
  @Override
  public void close() {
    closed.countDown();
    Thread goodbye = Thread.ofVirtual().name("nrf goodbye").start(this::leave);
    try {
      boolean _ = goodbye.join(GOODBYE_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    keeper.interrupt();
    goodbye.interrupt();
    line.close();
  }

  private void leave() {
    try {
      keeper.join();
      registration.deregister();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atInfo().log("not deregistered");
    }
  }
}

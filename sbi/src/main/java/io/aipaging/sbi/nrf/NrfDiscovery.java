package io.aipaging.sbi.nrf;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.TransportFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds producers (TS 29.510 §5.3). Answers are kept as long as the NRF says and the core's profile
 * allows; one that has aged is better than none while the NRF is away. Thread-safe.
 */
final class NrfDiscovery {
  private static final Duration KEPT_MIN = Duration.ofSeconds(1);
  private static final int ASKED_MAX = 64;

  private final AuthorizedLine nrf;
  private final CoreProfile core;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  NrfDiscovery(AuthorizedLine nrf, CoreProfile core) {
    this.nrf = nrf;
    this.core = core;
  }

  /**
   * Where a service is offered, the best first; empty when nobody offers it.
   *
   * @throws Refusal 504 when the NRF gives no usable answer and none is kept
   */
  List<URI> find(String targetNfType, String serviceName) {
    String key = targetNfType + " " + serviceName;
    if (slots.size() >= ASKED_MAX && !slots.containsKey(key)) {
      throw new IllegalStateException("too many different discoveries");
    }
    Slot slot = slots.computeIfAbsent(key, first -> new Slot());
    slot.lock.lock();
    try {
      Kept kept = slot.kept;
      if (kept == null || System.nanoTime() - kept.untilNanos() >= 0) {
        kept = ask(targetNfType, serviceName, kept);
        slot.kept = kept;
      }
      return kept.found();
    } finally {
      slot.lock.unlock();
    }
  }

  private Kept ask(String targetNfType, String serviceName, @Nullable Kept old) {
    HttpCall call =
        new HttpCall(
            "GET",
            "/nnrf-disc/v1/nf-instances?target-nf-type="
                + targetNfType
                + "&requester-nf-type="
                + core.requesterNfType()
                + "&service-names="
                + serviceName,
            Map.of("Accept", "application/json, application/problem+json"),
            null);
    try {
      HttpReply reply = nrf.send(call, "nnrf-disc");
      JsonNode answer = reply.json();
      if (reply.status() == 200 && !answer.isMissingNode()) {
        return kept(NfInstance.of(answer, serviceName), answer.path("validityPeriod").asLong(0));
      }
      return outOfUse("answered " + reply.status(), old);
    } catch (Refusal e) {
      return outOfUse("gives no token", old);
    } catch (TransportFailure e) {
      return outOfUse("cannot be reached", old);
    }
  }

  private Kept kept(List<NfInstance> found, long seconds) {
    long most = Math.max(core.discoveryKeptMax().toSeconds(), KEPT_MIN.toSeconds());
    Duration kept = Duration.ofSeconds(Math.clamp(seconds, KEPT_MIN.toSeconds(), most));
    return new Kept(
        found.stream().map(NfInstance::apiRoot).toList(), System.nanoTime() + kept.toNanos());
  }

  private static Kept outOfUse(String what, @Nullable Kept old) {
    if (old == null) {
      throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The NRF " + what + ".");
    }
    return new Kept(old.found(), System.nanoTime() + KEPT_MIN.toNanos());
  }

  /** One question's answer and who may ask it. */
  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Kept kept;
  }

  /** An answer and until when it is believed, monotonic. */
  private record Kept(List<URI> found, long untilNanos) {}
}

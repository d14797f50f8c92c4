package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.Snssai;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A service over fakes, at a fixed time. */
abstract class ServiceFixture {
  static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  static final ServiceAddress SERVICE = new ServiceAddress("203.0.113.10", "TCP", 8000);

  final AtomicReference<Instant> now = new AtomicReference<>(START);
  final AtomicInteger notifIds = new AtomicInteger();
  BindingLimits limits = BindingLimits.defaults();
  final FakeCore core = new FakeCore();
  volatile PduSessions said = PduSessions.UNKNOWN;
  final PduSessions pduSessions = ues -> said.look(ues);
  final FakeJournal journal = new FakeJournal();
  final RecordingObserver observer = new RecordingObserver();
  final Lanes lanes =
      new Lanes(
          new LaneLimits(Duration.ZERO, 8, 16, 100), time -> {}, Thread.ofVirtual().factory());
  boolean routes = true;
  QosBindingService service = newService();

  QosBindingService newService() {
    return new QosBindingService(
        new QosBindingService.Ports(core, routes, pduSessions, journal, lanes, observer, now::get),
        limits,
        () -> "notif-" + notifIds.incrementAndGet());
  }

  @AfterEach
  void close() {
    core.mayAnswer.countDown();
    lanes.close();
  }

  static CreateQosBinding request(String ref) {
    return request(ref, "10.45.0.2", "low-latency");
  }

  static CreateQosBinding request(String ref, String ue, String qosReference) {
    return new CreateQosBinding(
        ref,
        ue,
        SERVICE,
        "internet",
        new Snssai(1, "010203"),
        "imsi-001010000000001",
        qosReference,
        "20 Mbps",
        "20 Mbps",
        5_000);
  }

  Call call() {
    return call(Duration.ofSeconds(5));
  }

  Call call(Duration time) {
    return Call.within("aipf", now.get(), time);
  }

  QosBinding create(String ref) {
    return service.createQosBinding(call(), request(ref));
  }

  static void assertRefused(ThrowingCallable action, int status, String cause) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(status);
              assertThat(refusal.problemCause()).isEqualTo(cause);
            });
  }

  static void joined(CompletableFuture<?> future) throws Throwable {
    try {
      future.join();
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }
}

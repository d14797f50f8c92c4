package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.pcfadapter.qosbinding.PduSessions.Standing;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PduSessionCheckTest extends ServiceFixture {
  private static final String OWNER = "imsi-001010000000001";
  private static final String OTHER = "imsi-001010000000002";

  private void coreSays(Standing standing) {
    said = ues -> ues.stream().collect(Collectors.toMap(ue -> ue, _ -> standing));
  }

  private void confirmed(String ref) {
    var _ = create(ref);
    var _ =
        service.confirmQosBinding(
            call(), new ConfirmQosBinding(ref, now.get().plus(Duration.ofHours(1))));
  }

  private List<String> told() {
    return observer.events.stream().filter(event -> event.startsWith("told ")).toList();
  }

  private boolean lives(String ref) {
    return journal.replay().stream()
        .anyMatch(
            binding ->
                binding.identity().bindingRef().equals(ref)
                    && (binding instanceof Binding.Held || binding instanceof Binding.Confirmed));
  }

  @Test
  void aBindingWhosePduSessionIsTheSameUesStays() {
    confirmed("b1");
    coreSays(new Standing.Of(OWNER));
    service.checkPduSessions();
    coreSays(new Standing.Of(null));
    service.checkPduSessions();
    said = PduSessions.UNKNOWN;
    service.checkPduSessions();
    assertThat(lives("b1")).isTrue();
    assertThat(told()).isEmpty();
  }

  @Test
  void anAddressThatIsAnothersNowEndsTheBinding() {
    confirmed("b1");
    coreSays(new Standing.Of(OTHER));
    service.checkPduSessions();
    assertThat(lives("b1")).isFalse();
    assertThat(told()).containsExactly("told b1 TERMINATED PDU_SESSION_TERMINATION");
    Eventually.holds("deleted at the core", () -> core.sessions.isEmpty());
    service.checkPduSessions();
    assertThat(told()).hasSize(1);
  }

  @Test
  void aPduSessionThatIsOverEndsTheBinding() {
    confirmed("b1");
    coreSays(new Standing.Ended());
    service.checkPduSessions();
    assertThat(told()).containsExactly("told b1 TERMINATED PDU_SESSION_TERMINATION");
  }

  /** A BSF that has restarted knows nobody; the app session tells the two apart. */
  @Test
  void whereTheCoreIsInDoubtTheAppSessionDecides() {
    confirmed("b1");
    coreSays(new Standing.Doubtful());
    service.checkPduSessions();
    Eventually.holds("asked", () -> core.calls.contains("read app-1"));
    core.onRead = id -> new Shown.Unsupported();
    service.checkPduSessions();
    core.onRead = id -> new Shown.Unknown("away");
    service.checkPduSessions();
    assertThat(told()).isEmpty();
    core.onRead = id -> new Shown.Absent();
    Eventually.holds(
        "found",
        () -> {
          service.checkPduSessions();
          return told().contains("told b1 TERMINATED PDU_SESSION_TERMINATION");
        });
  }

  /** Where nobody named the subscriber and the BSF does not say it, the first look does. */
  @Test
  void aSubscriberThatWasUnknownIsLearntAndHeldTo() {
    CreateQosBinding named = request("b1");
    var _ =
        service.createQosBinding(
            call(),
            new CreateQosBinding(
                "b1",
                named.ueAddress(),
                SERVICE,
                null,
                null,
                null,
                named.qosReference(),
                null,
                null,
                5_000));
    coreSays(new Standing.Of(OWNER));
    service.checkPduSessions();
    assertThat(lives("b1")).isTrue();
    coreSays(new Standing.Of(OTHER));
    service.checkPduSessions();
    assertThat(told()).hasSize(1);
  }

  @Test
  void whatIsMadeAgainIsForTheSubscriberItWasMadeFor() {
    confirmed("b1");
    core.onRead = id -> new Shown.Absent();
    assertRefused(
        () -> service.getQosBinding(call(), new GetQosBinding("b1")), 404, "BINDING_NOT_FOUND");
    coreSays(new Standing.Of(OTHER));
    assertRefused(() -> create("b1"), 403, "PDU_SESSION_NOT_AVAILABLE");
    assertThat(core.number).hasValue(1);
  }

  @Test
  void whatIsMadeAgainForTheSameSubscriberIsMade() {
    confirmed("b1");
    core.onRead = id -> new Shown.Absent();
    assertRefused(
        () -> service.getQosBinding(call(), new GetQosBinding("b1")), 404, "BINDING_NOT_FOUND");
    coreSays(new Standing.Of(OWNER));
    assertThat(create("b1").state()).isEqualTo("HELD");
    coreSays(new Standing.Of(OTHER));
    service.checkPduSessions();
    assertThat(told()).hasSize(1);
  }

  @Test
  void theMemoryOutlivesARestart() {
    confirmed("b1");
    service = newService();
    coreSays(new Standing.Of(OTHER));
    service.checkPduSessions();
    assertThat(told()).containsExactly("told b1 TERMINATED PDU_SESSION_TERMINATION");
  }

  @Test
  void everybodysTurnComes() {
    AtomicInteger looks = new AtomicInteger();
    Map<String, Integer> seen = new ConcurrentHashMap<>();
    said =
        ues -> {
          looks.incrementAndGet();
          ues.forEach(ue -> seen.merge(ue.toString(), 1, Integer::sum));
          return Map.of();
        };
    limits =
        new BindingLimits(
            Duration.ofSeconds(30),
            Duration.ofHours(25),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            3,
            1_000,
            2);
    service = newService();
    for (int i = 1; i <= 5; i++) {
      var _ = service.createQosBinding(call(), request("b" + i, "10.45.0." + i, "low-latency"));
    }
    for (int i = 0; i < 6; i++) {
      service.checkPduSessions();
    }
    assertThat(looks).hasValue(6);
    assertThat(seen).hasSize(5);
    assertThat(seen.values()).containsOnly(2);
  }

  @Test
  void noSupiIsToBeReadAnywhere() {
    confirmed("b1");
    assertThat(journal.replay().toString()).doesNotContain("001010000000001");
    assertThat(new Standing.Of(OWNER).toString()).doesNotContain(OWNER);
  }
}

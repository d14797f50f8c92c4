package io.aipaging.aipf.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.aipf.catalog.TestCatalogs;
import io.aipaging.aipf.relocation.AnchorCondition;
import io.aipaging.aipf.relocation.AnchorConditions;
import io.aipaging.aipf.selection.AnchorHealth;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.TokenBinding;
import io.aipaging.openapi.paging.Ue;
import io.aipaging.protocol.Aisi;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** naipf-paging on a world of fakes. */
abstract class PagingServiceScenario {
  private static final Aisi AISI = TestCatalogs.aisi("embedding", "standard");
  final World world = new World();
  final AnchorConditions conditions =
      new AnchorConditions(
          new AnchorCondition.Rules(3, 2, Duration.ofSeconds(15)), world.clock, world.triggers);
  final Map<String, AnchorHealth> healths = new HashMap<>();
  final PagingService service =
      new PagingService(
          new PagingService.Procedures(
              world.pages,
              world.renew,
              world.triggers,
              world.ends,
              world.revoke,
              world.anchorDrains),
          new PagingService.Anchors(
              TestCatalogs.catalog(
                  List.of(TestCatalogs.service(AISI, "EMBEDDING", 10, "embed my notes")),
                  List.of(
                      TestCatalogs.anchor("anchor-b", 2, AISI),
                      TestCatalogs.anchor("anchor-a", 1, AISI))),
              conditions,
              id -> Optional.ofNullable(healths.get(id))),
          world.store,
          new PagingService.Stages((stage, took) -> world.stages.add(stage), System::nanoTime));

  final Session page(String ue) {
    return service.createSession(call(), request(ue, null, null));
  }

  static CreateSession request(String ue, TokenBinding binding, Integer seconds) {
    return new CreateSession(
        "af-1",
        new Ue(ue, "internet", null, "imsi-001010000000001"),
        Intent.ofText("embed my notes"),
        binding,
        seconds);
  }

  static ListSessions all() {
    return new ListSessions(null, null, null, null, null);
  }

  final Call call() {
    return world.call();
  }

  static void assertNotFound(ThrowingCallable question) {
    Refusal refusal = refusal(question);
    assertThat(refusal.status()).isEqualTo(404);
    assertThat(refusal.problemCause()).isEqualTo("SESSION_NOT_FOUND");
  }

  static Refusal refusal(ThrowingCallable question) {
    Refusal refusal = catchThrowableOfType(Refusal.class, question);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal;
  }
}

package io.aipaging.aipf.sbi;

import io.aipaging.aipf.lease.SessionFacts.Subscriber;
import io.aipaging.aipf.paging.PageOutcome;
import io.aipaging.aipf.paging.PageProcedure;
import io.aipaging.aipf.paging.PageRequest;
import io.aipaging.aipf.paging.Stage;
import io.aipaging.aipf.paging.StageObserver;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.Ue;
import java.time.Duration;
import java.util.function.LongSupplier;

/** CreateSession: the page. */
final class CreateSessionOperation {
  private final PageProcedure pages;
  private final StageObserver observer;
  private final LongSupplier nanoClock;

  CreateSessionOperation(PageProcedure pages, StageObserver observer, LongSupplier nanoClock) {
    this.pages = pages;
    this.observer = observer;
    this.nanoClock = nanoClock;
  }

  Session handle(Call call, CreateSession request) {
    PageOutcome outcome = pages.page(call, parse(request));
    long ended = nanoClock.getAsLong();
    return switch (outcome) {
      case PageOutcome.Paged(var session) -> {
        Session view = SessionView.withToken(session);
        observer.took(Stage.ANSWER, Duration.ofNanos(nanoClock.getAsLong() - ended));
        yield view;
      }
      case PageOutcome.Rejected(var _, var cause) -> throw Refusals.of(cause);
      case PageOutcome.NotBegun notBegun -> throw Refusals.of(notBegun);
    };
  }

  private static PageRequest parse(CreateSession request) {
    Ue ue = request.ue();
    Intent intent = request.intent();
    if (intent.text() == null && intent.task() == null) {
      throw Refusals.mandatoryMember("/intent", "needs a text or a task");
    }
    return new PageRequest(
        request.afId(),
        new Subscriber(
            Members.ueAddress("/ue/ueAddress", ue.ueAddress()), ue.dnn(), ue.snssai(), ue.supi()),
        intent,
        Members.confirmation(request.tokenBinding()),
        Members.duration(request.durationSec()));
  }
}

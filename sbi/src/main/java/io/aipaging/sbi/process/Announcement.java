package io.aipaging.sbi.process;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.NaipfEvents;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an AIPF that an enforcer has started, again and again until it has heard: functions may
 * start in any order. An AIPF that is away for longer compares by itself when it is back.
 */
public final class Announcement implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private final NaipfEvents aipf;
  private final AnnounceEnforcer announced;
  private final InstantSource clock;
  private final Insistence insistence;

  /** Not told yet. */
  public Announcement(
      NaipfEvents aipf, AnnounceEnforcer announced, InstantSource clock, Insistence insistence) {
    this.aipf = aipf;
    this.announced = announced;
    this.clock = clock;
    this.insistence = insistence;
  }

  /** Tells; returns when it was heard, given up, or the thread was interrupted. */
  @Override
  public void run() {
    if (insistence.until(this::heard)) {
      LOG.atInfo().addKeyValue("enforcerId", announced.enforcerId()).log("start announced");
    } else if (!Thread.currentThread().isInterrupted()) {
      LOG.atWarn().addKeyValue("enforcerId", announced.enforcerId()).log("start not announced");
    }
  }

  private boolean heard() {
    try {
      Call call = Call.within(announced.enforcerId(), clock.instant(), ANSWER_WITHIN);
      var _ = aipf.announceEnforcer(call, announced);
      return true;
    } catch (Refusal e) {
      boolean unknown = e.problemCause().equals("ENFORCER_NOT_FOUND");
      if (unknown) {
        LOG.atWarn()
            .addKeyValue("enforcerId", announced.enforcerId())
            .log("the AIPF does not know this enforcer; its catalogue should name it");
      }
      return unknown;
    }
  }
}

package io.aipaging.aipf;

import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.Trigger;
import io.aipaging.sbi.management.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts moves by trigger and by how they ended; logs what broke. */
final class MoveMetrics implements RelocationDispatcher.Observer {
  private static final Logger LOG = LoggerFactory.getLogger(MoveMetrics.class);
  private final Metrics metrics;

  MoveMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void ended(Trigger trigger, RelocationOutcome outcome) {
    String how =
        switch (outcome) {
          case RelocationOutcome.Moved _ -> "MOVED";
          case RelocationOutcome.KeptOldPath _ -> "KEPT_OLD_PATH";
          case RelocationOutcome.Ended _ -> "ENDED";
          case RelocationOutcome.NotMovable _, RelocationOutcome.Unknown _ -> "NOT_MOVABLE";
        };
    count(trigger, how);
  }

  @Override
  public void dropped(Trigger trigger) {
    count(trigger, "DROPPED");
  }

  @Override
  public void failed(Trigger trigger, RuntimeException cause) {
    count(trigger, "FAILED");
    LOG.atWarn().addKeyValue("trigger", trigger.word()).setCause(cause).log("move failed");
  }

  private void count(Trigger trigger, String how) {
    metrics.counter("aipf.moves", "trigger", trigger.word(), "outcome", how).increment();
  }
}

package io.aipaging.aipf.world;

import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.Trigger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What became of triggers. */
public final class MoveLog implements RelocationDispatcher.Observer {
  public final List<RelocationOutcome> outcomes = new CopyOnWriteArrayList<>();
  public final List<Trigger> dropped = new CopyOnWriteArrayList<>();
  public final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

  @Override
  public void ended(Trigger trigger, RelocationOutcome outcome) {
    outcomes.add(outcome);
  }

  @Override
  public void dropped(Trigger trigger) {
    dropped.add(trigger);
  }

  @Override
  public void failed(Trigger trigger, RuntimeException cause) {
    failures.add(cause);
  }
}

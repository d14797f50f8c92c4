package io.aipaging.simulation.aipf;

import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.Trigger;

/** Nobody looks at the figures of moves here: the observer judges what they do to sessions. */
final class UnseenMoves implements RelocationDispatcher.Observer {
  @Override
  public void ended(Trigger trigger, RelocationOutcome outcome) {
    // judged by the observer
  }

  @Override
  public void dropped(Trigger trigger) {
    // the condition lasts, and so the trigger comes again
  }

  @Override
  public void failed(Trigger trigger, RuntimeException cause) {
    // a store that failed, as in the keeper
  }
}

package io.aipaging.aipf.upkeep;

import io.aipaging.aipf.evidence.EvidenceDraft;
import io.aipaging.aipf.lease.Transition;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per durable transition: ids, states, reasons; never a subscriber, token or COMMIT. */
public final class TransitionLog implements Consumer<Transition> {
  private static final Logger LOG = LoggerFactory.getLogger(TransitionLog.class);

  @Override
  public void accept(Transition transition) {
    EvidenceDraft evidence = transition.evidence();
    EvidenceDraft.About about = evidence.about();
    LOG.atInfo()
        .addKeyValue("type", evidence.type())
        .addKeyValue("sessionId", evidence.session())
        .addKeyValue("leaseId", about == null ? "-" : about.lease())
        .addKeyValue("anchorId", about == null ? "-" : about.anchor())
        .addKeyValue("gen", transition.after().gen())
        .addKeyValue("to", evidence.to())
        .addKeyValue("reason", evidence.why().reason())
        .addKeyValue("trigger", evidence.why().trigger())
        .log("session transition");
  }
}

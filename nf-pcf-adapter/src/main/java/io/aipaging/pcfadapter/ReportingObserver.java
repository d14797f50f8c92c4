package io.aipaging.pcfadapter;

import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.pcfadapter.qosbinding.BindingObserver;
import io.aipaging.pcfadapter.qosbinding.CoreWord;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.management.Tally;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line and counts for every outcome; knows whether the journal still works. */
final class ReportingObserver implements BindingObserver {
  private static final Logger LOG = LoggerFactory.getLogger("io.aipaging.pcfadapter.qosbinding");
  private static final String BINDING_REF = "bindingRef";

  private static final Set<String> EVENTS =
      Set.of(
          "held",
          "ended",
          "lost",
          "deletion-failed",
          "journal-failed",
          "told-guaranteed",
          "told-not-guaranteed");

  /** Causes that label a counter; any other counts as OTHER, so that labels stay bounded. */
  private static final Set<String> CAUSES =
      Set.of(
          "PDU_SESSION_NOT_AVAILABLE",
          "REQUESTED_SERVICE_NOT_AUTHORIZED",
          "REQUESTED_SERVICE_TEMPORARILY_NOT_AUTHORIZED",
          "INVALID_SERVICE_INFORMATION",
          "FILTER_RESTRICTIONS",
          "DUPLICATED_AF_SESSION");

  private final Tally events;
  private final Tally refusals;
  private final Consumer<ReportQosBinding> aipf;
  private final AtomicBoolean journalWorks = new AtomicBoolean(true);

  /**
   * Reports.
   *
   * @param aipf takes what the AIPF has to know; never blocks
   */
  ReportingObserver(Metrics metrics, Consumer<ReportQosBinding> aipf) {
    this.events = new Tally(metrics, "pcfadapter.binding.events", "event", EVENTS);
    this.refusals = new Tally(metrics, "pcfadapter.refusals", "cause", CAUSES);
    this.aipf = aipf;
  }

  boolean journalWorks() {
    return journalWorks.get();
  }

  @Override
  public void held(String bindingRef) {
    count("held");
    LOG.atInfo().addKeyValue(BINDING_REF, bindingRef).log("QoS binding accepted by the core");
  }

  @Override
  public void ended(String bindingRef, String reason) {
    count("ended");
    LOG.atInfo()
        .addKeyValue(BINDING_REF, bindingRef)
        .addKeyValue("reason", reason)
        .log("QoS binding ended");
  }

  @Override
  public void refused(String bindingRef, String cause) {
    refusals.count(cause);
    LOG.atInfo()
        .addKeyValue(BINDING_REF, bindingRef)
        .addKeyValue("cause", cause)
        .log("QoS binding refused by the core");
  }

  @Override
  public void toldByCore(String bindingRef, CoreWord word, @Nullable String cause) {
    count("told-" + word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    LOG.atInfo()
        .addKeyValue(BINDING_REF, bindingRef)
        .addKeyValue("status", word)
        .addKeyValue("cause", cause)
        .log("QoS binding: the core says how it is kept");
    aipf.accept(new ReportQosBinding(bindingRef, word.name(), cause));
  }

  @Override
  public void lost(String bindingRef, String detail) {
    count("lost");
    LOG.atWarn()
        .addKeyValue(BINDING_REF, bindingRef)
        .addKeyValue("detail", detail)
        .log("answer of the core lost: it may hold an app session nobody can name");
  }

  @Override
  public void deletionFailed(String bindingRef, int attempts, String detail) {
    count("deletion-failed");
    LOG.atWarn()
        .addKeyValue(BINDING_REF, bindingRef)
        .addKeyValue("attempts", attempts)
        .addKeyValue("detail", detail)
        .log("deletion at the core failed, it will be repeated");
  }

  @Override
  public void journalWritten() {
    if (!journalWorks.get()) {
      journalWorks.set(true);
    }
  }

  @Override
  public void journalFailed(String bindingRef, String detail) {
    journalWorks.set(false);
    count("journal-failed");
    LOG.atError()
        .addKeyValue(BINDING_REF, bindingRef)
        .addKeyValue("detail", detail)
        .log("binding journal cannot be written");
  }

  private void count(String event) {
    events.count(event);
  }
}
